export const id = 552;
export const ids = [552];
export const modules = {

/***/ 47527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseContainerPush: () => (/* binding */ parseContainerPush)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42956);
/* harmony import */ var _image_label_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8180);
/* harmony import */ var _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(98781);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21507);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44647);
/* harmony import */ var _named_tag_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72667);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(61447);
/* harmony import */ var _tag_rules_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(92845);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3462);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(34277);
/* harmony import */ var _locator_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(79361);












async function parseContainerPush(input, readContext) {
    const { context, parsed } = await (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAllLater */ .Bj)({
        context: readContext,
        parsed: () => parseInput(input),
    });
    const { urls, tags, ...settings } = parsed;
    const { run, annotations: ofContext, ...machine } = context;
    const targets = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(urls, (url) => (0,_target_js__WEBPACK_IMPORTED_MODULE_9__/* .addTags */ .J)(url, tagsFor(url, tags, run))).flat();
    const connection = signedInAt(machine.connection, targets, [...settings.references, ...settings.cacheFrom]);
    const annotations = [...ofContext, ...settings.annotations];
    (0,_image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .checkAnnotations */ .LO)(annotations, settings.format);
    return { ...machine, ...settings, connection, targets, annotations };
}
function tagsFor(url, tags, run) {
    if (tags.length > 0 || url.tag !== undefined || !run)
        return tags;
    return [(0,_tag_rules_js__WEBPACK_IMPORTED_MODULE_8__/* .defaultTag */ .q3)(run) ?? []].flat();
}
function parseInput(input) {
    const { platforms, artifacts, settings, ...rest } = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAll */ .bg)({
        artifacts: () => parseArtifacts(input.artifacts),
        urls: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)((0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(input.targets, 'no target: name at least one URL'), _target_js__WEBPACK_IMPORTED_MODULE_9__/* .parseTargetUrl */ .Y),
        tags: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.tags, _named_tag_js__WEBPACK_IMPORTED_MODULE_6__/* .parseNamedTag */ .Z),
        platforms: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.platforms, _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .parsePlatform */ .FL),
        format: () => parseFormat(input.format),
        settings: () => parseCompression(input.compression, input.compressionLevel),
        concurrency: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('concurrency', input.concurrency, 1, 64),
        dryRun: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('dry-run', input.dryRun),
        cacheFrom: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.cacheFrom, _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
        floating: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('floating', input.floating),
        immutable: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('immutable', input.immutable),
        annotations: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.annotations, _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAnnotation */ .fr).flat(),
        labels: () => Object.fromEntries((0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.labels, _image_label_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLabel */ .Q_).flat()),
    });
    return {
        ...rest,
        ...settings,
        ...artifacts,
        ...(platforms.length > 0 && { platforms }),
    };
}
function parseArtifacts(lines) {
    const items = /^[[{]/.test(lines[0] ?? '') ? textsIn(lines.join('\n')) : lines;
    (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(items, 'no artifacts: name at least one path, glob or reference');
    return {
        artifacts: items.filter((item) => !(0,_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs)(item)),
        references: (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(items.filter(_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs), _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
    };
}
function textsIn(json) {
    const collect = (value) => {
        if (typeof value === 'string')
            return value.split('\n').filter((line) => line.trim() !== '');
        return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
    };
    try {
        return collect(JSON.parse(json));
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `artifacts begin like JSON, but are none: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)}`, { cause });
    }
}
function signedInAt(connection, targets, sources) {
    const { login } = connection;
    if (!login)
        return connection;
    const [own, others] = [registriesOf(targets), registriesOf(sources)];
    const [registry, ...more] = own.length > 0 ? own : others;
    if (more.length === 0)
        return { ...connection, login: { ...login, ...(registry && { registry }) } };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `username and password are for one registry, not for ${[registry, ...more].join(', ')}: log in to each before (docker/login-action, docker login)`);
}
function registriesOf(places) {
    return [
        ...new Set(places.flatMap(({ place }) => (place.kind === 'registry' ? place.reference.registry : []))),
    ];
}
function parseCompression(name, level) {
    if (!Object.hasOwn(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr, name)) {
        const known = Object.keys(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr).join(', ');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `compression "${name}" is unknown: expected one of ${known}`);
    }
    const compression = name;
    (0,_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .assertSupported */ .hv)(compression);
    const { least, most, usual } = _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr[compression];
    const compressionLevel = level === '' ? usual : (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('compression-level', level, least, most);
    return { compression, compressionLevel };
}
function parseFormat(text) {
    if (Object.hasOwn(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib, text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `format "${text}" is unknown: expected ${Object.keys(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib).join(' or ')}`);
}


/***/ }),

/***/ 72667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ parseNamedTag)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);


function parseNamedTag(text) {
    const named = withoutHost(text);
    const colon = named.indexOf(':');
    if (colon < 0 && /^v?\d+(\.\d+)*([.-]|$)|^latest$/.test(named)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is a name without a tag: write name:${named}, or a name alone to publish by digest`);
    }
    if (colon < 0)
        return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(named) };
    return { name: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(named.slice(0, colon)), tag: (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTag */ .ED)(named.slice(colon + 1)) };
}
function withoutHost(text) {
    const slash = text.indexOf('/');
    const first = text.slice(0, Math.max(slash, 0));
    if (!/[.:]/.test(first) && first !== 'localhost')
        return text;
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRegistry */ .l5)(first);
    return text.slice(slash + 1);
}


/***/ }),

/***/ 61447:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bj: () => (/* binding */ parseAllLater),
/* harmony export */   bg: () => (/* binding */ parseAll),
/* harmony export */   lc: () => (/* binding */ parseEach)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

function parseAll(parsers) {
    const problems = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problems */ .Zw();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = parse();
        }
        catch (thrown) {
            addUsage(problems, thrown);
        }
    }
    problems.throwIfAny('usage');
    return values;
}
async function parseAllLater(parsers) {
    const problems = new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .Problems */ .Zw();
    const values = {};
    for (const [name, parse] of Object.entries(parsers)) {
        try {
            values[name] = await parse();
        }
        catch (thrown) {
            addUsage(problems, thrown);
        }
    }
    problems.throwIfAny('usage');
    return values;
}
function parseEach(items, parse) {
    return Object.values(parseAll(Object.fromEntries(items.map((item, i) => [`${i}`, () => parse(item)]))));
}
function addUsage(problems, thrown) {
    if (!(thrown instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6 && thrown.code === 'usage'))
        throw thrown;
    problems.add((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(thrown));
}


/***/ }),

/***/ 49215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ leaf),
/* harmony export */   o: () => (/* binding */ openBytes)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);

function openBytes(bytes) {
    return () => node_stream__WEBPACK_IMPORTED_MODULE_0__.Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
}
function leaf(blob) {
    return { ...blob, children: [] };
}


/***/ }),

/***/ 34733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EF: () => (/* binding */ readCapped),
/* harmony export */   ZQ: () => (/* binding */ assertSame),
/* harmony export */   p_: () => (/* binding */ openVerified),
/* harmony export */   u0: () => (/* binding */ readDocument)
/* harmony export */ });
/* unused harmony export verify */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _oci_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1564);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95669);





function verify(expected, origin, code = 'source') {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let size = 0;
    return new node_stream__WEBPACK_IMPORTED_MODULE_1__.Transform({
        transform(chunk, _encoding, done) {
            size += chunk.length;
            hash.update(chunk);
            if (size > expected.size)
                done(new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, tooLong(expected, origin)));
            else
                done(null, chunk);
        },
        flush(done) {
            const found = { digest: `sha256:${hash.digest('hex')}`, size };
            done(isSame(expected, found) ? null : new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, differs(expected, found, origin)));
        },
    });
}
function openVerified(open, expected, origin) {
    return async () => (0,node_stream__WEBPACK_IMPORTED_MODULE_1__.pipeline)(await open(), verify(expected, origin), () => { });
}
function assertSame(expected, found, origin, code = 'source') {
    if (!isSame(expected, found))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, differs(expected, found, origin));
}
async function readCapped(open, origin, code = 'source', limit = _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ) {
    const chunks = [];
    let size = 0;
    for await (const chunk of await open()) {
        size += chunk.length;
        if (size > limit)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, tooLarge(origin, limit));
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
async function readDocument(blob, origin, code = 'source') {
    const { descriptor, open } = blob;
    if (descriptor.size > _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6(code, tooLarge(origin, _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .maxManifestSize */ .NQ));
    const bytes = await readCapped(open, origin, code);
    assertSame(descriptor, { digest: (0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes), size: bytes.length }, origin, code);
    return bytes;
}
function isSame(expected, found) {
    return expected.digest === found.digest && expected.size === found.size;
}
function differs(expected, found, origin) {
    return expected.size === found.size
        ? `${origin} is damaged: its digest is ${found.digest}, expected ${expected.digest}`
        : `${origin} is damaged: it has ${found.size} bytes, expected ${expected.size}`;
}
function tooLong(expected, origin) {
    return `${origin} is damaged: it has more than the ${expected.size} bytes expected`;
}
function tooLarge(origin, limit) {
    return `${origin} is larger than ${limit} bytes, more than such a document may have`;
}


/***/ }),

/***/ 99905:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KH: () => (/* binding */ lastBlock),
/* harmony export */   L6: () => (/* binding */ blockSize),
/* harmony export */   bW: () => (/* binding */ mostDeflated),
/* harmony export */   i$: () => (/* binding */ Deflater),
/* harmony export */   on: () => (/* binding */ windowSize)
/* harmony export */ });
/* harmony import */ var _wasm_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(47198);

const windowSize = 32 * 1024;
const blockSize = 1024 * 1024;
const mostDeflated = blockSize + 64 * 1024;
const lastBlock = Uint8Array.of(3, 0);
const instantiate = (0,_wasm_js__WEBPACK_IMPORTED_MODULE_0__/* .instances */ .V)(() => __webpack_require__.e(/* import() */ 524).then(__webpack_require__.bind(__webpack_require__, 32524)).then(({ deflateWasm }) => deflateWasm));
class Deflater {
    #module;
    #input;
    #output;
    constructor(module) {
        const { memory, input, output } = module;
        this.#module = module;
        this.#input = new Uint8Array(memory.buffer, input.value, windowSize + blockSize);
        this.#output = new Uint8Array(memory.buffer, output.value, mostDeflated);
    }
    static async create() {
        return new Deflater((await instantiate()));
    }
    deflate(bytes, dictionary, level) {
        this.#input.set(bytes, windowSize - dictionary);
        const size = this.#module.deflate(bytes.length - dictionary, dictionary, level);
        return this.#output.subarray(0, size);
    }
    deflateAll(bytes) {
        const blocks = [];
        for (let at = 0; at < bytes.length; at += blockSize) {
            const dictionary = Math.min(at, windowSize);
            blocks.push(this.deflate(bytes.subarray(at - dictionary, at + blockSize), dictionary, 6).slice());
        }
        return Buffer.concat(blocks);
    }
}


/***/ }),

/***/ 66104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   As: () => (/* binding */ memberHeader),
/* harmony export */   Xt: () => (/* binding */ trailerSize),
/* harmony export */   qb: () => (/* binding */ readMemberHeader),
/* harmony export */   uJ: () => (/* binding */ memberTrailer)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);

const memberHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);
const trailerSize = 8;
function memberTrailer(crc, length) {
    const trailer = Buffer.allocUnsafe(trailerSize);
    trailer.writeUInt32LE(crc, 0);
    trailer.writeUInt32LE(length % 2 ** 32, 4);
    return trailer;
}
const flag = { hcrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };
function readMemberHeader(bytes) {
    const [id1, id2, method, flags] = bytes;
    if ((id1 ?? 0x1f) !== 0x1f || (id2 ?? 0x8b) !== 0x8b)
        return { fault: 'no gzip header' };
    if ((method ?? 8) !== 8)
        return { fault: `compression method ${method} instead of 8, deflate` };
    if (flags === undefined || bytes.length < 10)
        return { length: undefined };
    if (flags & flag.reserved)
        return { fault: 'header flags that gzip does not know' };
    let end = 10;
    if (flags & flag.extra)
        end = endOfExtra(bytes, end);
    if (flags & flag.name)
        end = endOfText(bytes, end);
    if (flags & flag.comment)
        end = endOfText(bytes, end);
    if (end === undefined || !(flags & flag.hcrc))
        return { length: end };
    const sum = readUint16(bytes, end);
    if (sum === undefined)
        return { length: undefined };
    if (sum !== ((0,node_zlib__WEBPACK_IMPORTED_MODULE_0__.crc32)(bytes.subarray(0, end)) & 0xffff))
        return { fault: 'a header whose checksum is wrong' };
    return { length: end + 2 };
}
function readUint16(bytes, at) {
    const low = bytes[at];
    const high = bytes[at + 1];
    return low === undefined || high === undefined ? undefined : low | (high << 8);
}
function endOfExtra(bytes, at) {
    const size = readUint16(bytes, at);
    const end = at + 2 + (size ?? 0);
    return size === undefined || end > bytes.length ? undefined : end;
}
function endOfText(bytes, at) {
    const zero = at === undefined ? -1 : bytes.indexOf(0, at);
    return zero < 0 ? undefined : zero + 1;
}


/***/ }),

/***/ 47198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ instances)
/* harmony export */ });
function instances(read) {
    let compiled;
    return async () => {
        compiled ??= read().then((text) => WebAssembly.compile(Buffer.from(text, 'base64')));
        const { exports } = await WebAssembly.instantiate(await compiled, {});
        return exports;
    };
}


/***/ }),

/***/ 81033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ compareText)
/* harmony export */ });
function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 46937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $w: () => (/* binding */ platformPart),
/* harmony export */   TM: () => (/* binding */ descriptorSchema),
/* harmony export */   er: () => (/* binding */ digestSchema),
/* harmony export */   vd: () => (/* binding */ platformSchema)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77934);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1564);


const text = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .nonEmpty */ .hq());
const digestSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .custom */ .IeY((input) => typeof input === 'string' && (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(input), 'expected sha256: and 64 hexadecimal digits');
const platformPart = valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .regex */ .yGV(/^[\w.-]*$/, 'expected letters, digits, ".", "_" or "-"'));
const platformSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    os: platformPart,
    architecture: platformPart,
    variant: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformPart),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformPart),
    'os.features': valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
});
const descriptorSchema = valibot__WEBPACK_IMPORTED_MODULE_1__/* .looseObject */ ._H3({
    mediaType: text,
    digest: digestSchema,
    size: valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .FsL(valibot__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .safeInteger */ .Y2b(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .minValue */ .Wwf(0)),
    platform: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(platformSchema),
    annotations: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP())),
    artifactType: valibot__WEBPACK_IMPORTED_MODULE_1__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP()),
});


/***/ }),

/***/ 1564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   m: () => (/* binding */ parseDigest),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const pattern = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return pattern.test(text);
}
function parseDigest(text, where) {
    if (isDigest(text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${where}: "${text}" is not a digest: sha256: and 64 hexadecimal digits`);
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 95669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A1: () => (/* binding */ parseIndex),
/* harmony export */   NQ: () => (/* binding */ maxManifestSize),
/* harmony export */   Ng: () => (/* binding */ parseManifest),
/* harmony export */   Tq: () => (/* binding */ formatDocument),
/* harmony export */   j6: () => (/* binding */ parseSuccessors),
/* harmony export */   o4: () => (/* binding */ parseConfig),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(77934);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _descriptor_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46937);
/* harmony import */ var _media_type_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21507);




const maxManifestSize = 4 * 1024 * 1024;
const longestMessage = 300;
const annotations = valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .record */ .g1P(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP(), valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()));
const common = {
    schemaVersion: valibot__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz(2),
    mediaType: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    artifactType: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP()),
    subject: valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
    annotations,
};
const ambiguous = valibot__WEBPACK_IMPORTED_MODULE_3__/* .exactOptional */ .yqP(valibot__WEBPACK_IMPORTED_MODULE_3__/* .never */ .ZmZ('a document is a manifest or an index, not both'));
const manifestSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    ...common,
    manifests: ambiguous,
    config: _descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM,
    layers: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
});
const indexSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    ...common,
    config: ambiguous,
    layers: ambiguous,
    manifests: valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .descriptorSchema */ .TM),
});
const configSchema = valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({
    os: _descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w,
    architecture: _descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w,
    variant: valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w),
    'os.version': valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .platformPart */ .$w),
    'os.features': valibot__WEBPACK_IMPORTED_MODULE_3__/* .optional */ .lqM(valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(valibot__WEBPACK_IMPORTED_MODULE_3__/* .string */ .YjP())),
    rootfs: valibot__WEBPACK_IMPORTED_MODULE_3__/* .looseObject */ ._H3({ type: valibot__WEBPACK_IMPORTED_MODULE_3__/* .literal */ .euz('layers'), diff_ids: valibot__WEBPACK_IMPORTED_MODULE_3__/* .nullish */ .cl6(valibot__WEBPACK_IMPORTED_MODULE_3__/* .array */ .YOg(_descriptor_js__WEBPACK_IMPORTED_MODULE_1__/* .digestSchema */ .er), []) }),
});
function parseJson(schema, bytes, where) {
    let value;
    try {
        value = JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${where} is not JSON: ${cause.message}`, { cause });
    }
    const result = valibot__WEBPACK_IMPORTED_MODULE_3__/* .safeParse */ .xLC(schema, value);
    if (result.success)
        return result.output;
    const issue = result.issues[0];
    const path = valibot__WEBPACK_IMPORTED_MODULE_3__/* .getDotPath */ .BuJ(issue);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${where} is malformed${path ? ` at ${path}` : ''}: ${clip(issue.message)}`);
}
function clip(message) {
    return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}
function parseManifest(bytes, where) {
    return parseJson(manifestSchema, bytes, where);
}
function parseIndex(bytes, where) {
    return parseJson(indexSchema, bytes, where);
}
function parseConfig(bytes, where) {
    const { os, architecture, variant, rootfs, ...rest } = parseJson(configSchema, bytes, where);
    if (!os || !architecture) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${where} names no platform: its "os" or "architecture" is empty`);
    }
    const platform = {
        os,
        architecture,
        ...(variant && { variant }),
        ...(rest['os.version'] && { 'os.version': rest['os.version'] }),
        ...(rest['os.features']?.length && { 'os.features': rest['os.features'] }),
    };
    return { platform, diffIds: rootfs.diff_ids };
}
function parseSuccessors(mediaType, bytes, where) {
    if ((0,_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isIndex */ .nw)(mediaType))
        return parseIndex(bytes, where).manifests;
    if (!(0,_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isManifest */ .Yh)(mediaType))
        return [];
    const manifest = parseManifest(bytes, where);
    return [manifest.config, ...manifest.layers];
}
function formatDocument(document) {
    return Buffer.from(JSON.stringify(document));
}


/***/ }),

/***/ 21507:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ib: () => (/* binding */ mediaTypes),
/* harmony export */   MB: () => (/* binding */ compressionOf),
/* harmony export */   Yh: () => (/* binding */ isManifest),
/* harmony export */   jq: () => (/* binding */ isForeign),
/* harmony export */   nw: () => (/* binding */ isIndex),
/* harmony export */   wz: () => (/* binding */ isDocument)
/* harmony export */ });
const mediaTypes = {
    oci: {
        index: 'application/vnd.oci.image.index.v1+json',
        manifest: 'application/vnd.oci.image.manifest.v1+json',
        config: 'application/vnd.oci.image.config.v1+json',
        layer: {
            none: 'application/vnd.oci.image.layer.v1.tar',
            gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
            zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
        },
    },
    docker: {
        index: 'application/vnd.docker.distribution.manifest.list.v2+json',
        manifest: 'application/vnd.docker.distribution.manifest.v2+json',
        config: 'application/vnd.docker.container.image.v1+json',
        layer: {
            none: 'application/vnd.docker.image.rootfs.diff.tar',
            gzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
            zstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
        },
    },
};
function isIndex(mediaType) {
    return mediaType === mediaTypes.oci.index || mediaType === mediaTypes.docker.index;
}
function isManifest(mediaType) {
    return mediaType === mediaTypes.oci.manifest || mediaType === mediaTypes.docker.manifest;
}
function isDocument(mediaType) {
    return isIndex(mediaType) || isManifest(mediaType);
}
function isForeign(mediaType) {
    return mediaType.includes('.nondistributable.') || mediaType.includes('.foreign.');
}
function compressionOf(mediaType) {
    return mediaType.endsWith('gzip') ? 'gzip' : mediaType.endsWith('zstd') ? 'zstd' : 'none';
}


/***/ }),

/***/ 44647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bq: () => (/* binding */ formatPlatform),
/* harmony export */   FL: () => (/* binding */ parsePlatform),
/* harmony export */   HI: () => (/* binding */ variants),
/* harmony export */   Ng: () => (/* binding */ platformKey),
/* harmony export */   SW: () => (/* binding */ isSamePlatform),
/* harmony export */   UX: () => (/* binding */ comparePlatforms),
/* harmony export */   er: () => (/* binding */ operatingSystems),
/* harmony export */   f2: () => (/* binding */ architectures)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _compare_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81033);


const operatingSystems = 'aix android darwin dragonfly freebsd illumos ios js linux netbsd openbsd plan9 solaris wasip1 wasi windows'.split(' ');
const architectures = '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x sparc64 wasm'.split(' ');
const variants = {
    arm: ['v5', 'v6', 'v7', 'v8'],
    arm64: ['v8', 'v9'],
    amd64: ['v1', 'v2', 'v3', 'v4'],
};
const defaultVariant = { arm: 'v7', arm64: 'v8', amd64: 'v1' };
function formatPlatform(platform) {
    const version = platform['os.version'] ? `(${platform['os.version']})` : '';
    const variant = platform.variant ? `/${platform.variant}` : '';
    return `${platform.os}${version}/${platform.architecture}${variant}`;
}
function parsePlatform(text) {
    const match = /^([a-z0-9]+)(?:\(([\w.]+)\))?\/([a-z0-9]+)(?:\/(v\d+))?$/.exec(text);
    const [, os, version, architecture, variant] = match ?? [];
    if (!os || !architecture) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a platform: expected <os>/<architecture>[/<variant>], such as linux/arm/v7`);
    }
    return { os, architecture, ...(variant && { variant }), ...(version && { 'os.version': version }) };
}
function platformKey(platform) {
    const variant = platform.variant ?? defaultVariant[platform.architecture];
    return formatPlatform({ ...platform, ...(variant && { variant }) });
}
function isSamePlatform(wanted, found) {
    const { 'os.version': version, ...rest } = found;
    return platformKey(wanted) === platformKey(wanted['os.version'] && version ? found : rest);
}
function comparePlatforms(a, b) {
    return (0,_compare_js__WEBPACK_IMPORTED_MODULE_1__/* .compareText */ .n)(formatPlatform(a), formatPlatform(b));
}


/***/ }),

/***/ 20907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $q: () => (/* binding */ parseName),
/* harmony export */   ED: () => (/* binding */ parseTag),
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   FH: () => (/* binding */ formatReference),
/* harmony export */   W6: () => (/* binding */ tagGrammar),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   fG: () => (/* binding */ nameGrammar),
/* harmony export */   l5: () => (/* binding */ parseRegistry)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1564);


const nameGrammar = '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*';
const tagGrammar = '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}';
const name = new RegExp(`^${nameGrammar}$`);
const tag = new RegExp(`^${tagGrammar}$`);
const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d{1,5})?$/;
function isTag(text) {
    return tag.test(text);
}
function parseName(text) {
    if (name.test(text) && text.length <= 255)
        return text;
    const lower = text.toLowerCase();
    const hint = name.test(lower) ? `; in lower case it does: ${lower}` : '';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a repository name: it must match ${nameGrammar}, at most 255 characters${hint}`);
}
function parseTag(text) {
    if (isTag(text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a tag: it must match ${tagGrammar}`);
}
function parseRegistry(text) {
    if (!host.test(text))
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a registry host: expected host[:port]`);
    const lower = text.toLowerCase();
    return ['index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'].includes(lower)
        ? 'docker.io'
        : lower;
}
function parseReference(text) {
    const [rest, digest, ...more] = text.split('@');
    if (more.length > 0 || (digest !== undefined && !(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest))) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `"${text}" is not a reference: after @ comes sha256: and 64 hexadecimal digits`);
    }
    const slash = rest.indexOf('/');
    const first = rest.slice(0, slash);
    const hasHost = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
    const registry = hasHost ? parseRegistry(first) : 'docker.io';
    const path = hasHost ? rest.slice(slash + 1) : rest;
    const colon = path.indexOf(':');
    const tagged = colon >= 0 ? parseTag(path.slice(colon + 1)) : undefined;
    const named = parseName(colon >= 0 ? path.slice(0, colon) : path);
    const repository = registry === 'docker.io' && !named.includes('/') ? `library/${named}` : named;
    return {
        registry,
        repository,
        ...(tagged && { tag: tagged }),
        ...(digest && (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest) && { digest }),
    };
}
function formatReference({ registry, repository, tag, digest }) {
    return `${registry}/${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
}


/***/ })

};
