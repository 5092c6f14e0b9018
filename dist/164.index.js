export const id = 164;
export const ids = [164];
export const modules = {

/***/ 79589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ readFleeting)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});

const fleetingSize = 512 * 1024;
const buffers = 4;
async function* readFleeting(path, { offset = 0, size = Number.POSITIVE_INFINITY } = {}) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const file = __addDisposableResource(env_1, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.open)(path), true);
        const turns = [];
        const end = offset + size;
        for (let at = offset; at < end;) {
            const buffer = (turns.length === buffers && turns.shift()) || Buffer.allocUnsafeSlow(Math.min(fleetingSize, size));
            const { bytesRead } = await file.read(buffer, 0, Math.min(end - at, buffer.length), at);
            if (bytesRead === 0)
                return;
            at += bytesRead;
            turns.push(buffer);
            yield buffer.subarray(0, bytesRead);
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}


/***/ }),

/***/ 52657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ readTar)
/* harmony export */ });
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46466);
/* harmony import */ var tar_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(56118);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);



const block = 512;
async function* readTar(input, origin) {
    const extractor = (0,tar_stream__WEBPACK_IMPORTED_MODULE_1__.extract)();
    const watch = new Watch(input);
    const fed = (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_0__.pipeline)(watch, extractor).catch(() => undefined);
    let end = 0;
    const fail = (cause) => {
        throw watch.inputError ?? toError(cause, origin, end, watch.size);
    };
    try {
        for await (const stream of extractor) {
            const chunks = stream[Symbol.asyncIterator]();
            const next = () => chunks.next().catch(fail);
            const entry = toEntry(stream, next);
            end = entry.offset + roundUp(entry.size);
            yield entry;
            while (!(await next()).done)
                ;
        }
    }
    catch (cause) {
        fail(cause);
    }
    finally {
        extractor.destroy();
        await fed;
    }
    if (watch.size - Math.max(end, roundUp(watch.content)) < 2 * block) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is truncated: it ends at byte ${watch.size} without an end-of-archive marker`);
    }
}
class Watch {
    size = 0;
    content = 0;
    inputError;
    #input;
    constructor(input) {
        this.#input = input;
    }
    async *[Symbol.asyncIterator]() {
        try {
            for await (const chunk of this.#input) {
                let length = chunk.length;
                while (length > 0 && chunk[length - 1] === 0)
                    length--;
                if (length > 0)
                    this.content = this.size + length;
                this.size += chunk.length;
                yield chunk;
            }
        }
        catch (error) {
            this.inputError = error;
            throw error;
        }
    }
}
const types = {
    file: 'file',
    'contiguous-file': 'file',
    link: 'link',
    symlink: 'symlink',
    directory: 'directory',
};
function toEntry({ header, offset }, next) {
    return {
        name: header.name,
        type: types[header.type] ?? 'other',
        mode: header.mode,
        size: header.type === 'directory' ? 0 : header.size,
        offset: offset + block,
        body: { [Symbol.asyncIterator]: () => ({ next }) },
        ...(header.linkname && { linkname: header.linkname }),
    };
}
function toError(cause, origin, end, size) {
    if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6)
        return cause;
    const message = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(cause);
    if (message.startsWith('Unexpected end') && size >= block) {
        return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is truncated: it ends at byte ${size}, inside an entry`, {
            cause,
        });
    }
    if (/invalid|header|unexpected/i.test(message)) {
        const what = end === 0 ? 'is not a tar' : `is damaged: no valid tar header at byte ${end}`;
        return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} ${what}`, { cause });
    }
    return cause;
}
function roundUp(size) {
    return Math.ceil(size / block) * block;
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

/***/ 33703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i0: () => (/* binding */ SpliceBuilder),
  r$: () => (/* binding */ openSplice),
  dX: () => (/* binding */ spliceChunks)
});

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: ./build/content/read-fleeting.js
var read_fleeting = __webpack_require__(79589);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
;// CONCATENATED MODULE: ./build/deflate/bit-writer.js
class BitWriter {
    #bytes = [];
    #bits = 0;
    #count = 0;
    write(value, count) {
        this.#bits |= value << this.#count;
        this.#count += count;
        while (this.#count >= 8) {
            this.#bytes.push(this.#bits & 0xff);
            this.#bits >>>= 8;
            this.#count -= 8;
        }
    }
    get pending() {
        return { bits: this.#bits, count: this.#count };
    }
    bytes() {
        return Uint8Array.from(this.#bytes);
    }
}

// EXTERNAL MODULE: ./build/deflate/deflater.js
var deflater = __webpack_require__(99905);
// EXTERNAL MODULE: ./build/deflate/gzip-format.js
var gzip_format = __webpack_require__(66104);
;// CONCATENATED MODULE: ./build/deflate/padding.js
function writePadding(writer, bits) {
    let left = bits;
    if (left % 2 === 1) {
        writeEmptyDynamic(writer);
        left += 5;
    }
    for (; left % 8 !== 0; left += 6)
        writeEmptyFixed(writer);
}
function writeEmptyFixed(writer) {
    writer.write(0b010, 10);
}
function writeEmptyDynamic(writer) {
    const bytes = [0x04, 0xc0, 0x81, 0x00, 0x00, 0x00, 0x00, 0x00, 0x90, 0xff, 0x6a];
    for (const byte of bytes)
        writer.write(byte, 8);
    writer.write(0b100, 3);
}

;// CONCATENATED MODULE: ./build/deflate/splice.js







function openSplice(splice, file) {
    return external_node_stream_.Readable.from(copies(spliceChunks(splice, file)), { objectMode: false });
}
async function* copies(chunks) {
    for await (const chunk of chunks)
        yield Buffer.from(chunk);
}
async function* spliceChunks({ segments }, file) {
    for (const segment of segments) {
        if (segment instanceof Uint8Array)
            yield segment;
        else
            yield* readRange(segment, file);
    }
}
async function* readRange(range, file) {
    const { start, end, bits, replaced, kept } = range;
    let at = start;
    try {
        for await (const bytes of (0,read_fleeting/* readFleeting */.p)(file, { offset: start, size: end - start })) {
            if (at === start)
                bytes[0] = ((bytes[0] ?? 0) & (0xff << replaced)) | bits;
            at += bytes.length;
            if (at === end)
                bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) & (0xff >> (8 - kept));
            yield bytes;
        }
    }
    catch (cause) {
        throw new errors/* AlbaError */.x6('source', `${file}: could not be read again: ${(0,errors/* messageOf */.bD)(cause)}`, { cause });
    }
    if (at !== end)
        throw new errors/* AlbaError */.x6('source', `${file}: became shorter while it was being published`);
}
class SpliceBuilder {
    #deflater;
    #segments = [gzip_format/* memberHeader */.As];
    #held = gzip_format/* memberHeader */.As.length;
    constructor(deflater) {
        this.#deflater = deflater;
    }
    get held() {
        return this.#held;
    }
    addBytes(bytes) {
        this.#add(this.#deflater.deflateAll(bytes));
    }
    addBlocks(from, to) {
        if (from === to)
            return;
        const before = new BitWriter();
        writePadding(before, from % 8);
        const { bits, count } = before.pending;
        this.#add(before.bytes());
        const end = Math.ceil(to / 8);
        const kept = to % 8 || 8;
        this.#segments.push({ start: Math.floor(from / 8), end, bits, replaced: count, kept });
        this.#add(Uint8Array.from(kept > 5 ? [0, 0, 0, 0xff, 0xff] : [0, 0, 0xff, 0xff]));
    }
    finish(bytes, crc, length) {
        this.#add(this.#deflater.deflateAll(bytes));
        this.#segments.push(deflater/* lastBlock */.KH, (0,gzip_format/* memberTrailer */.uJ)(crc, length));
        const sizes = this.#segments.map((part) => part instanceof Uint8Array ? part.length : part.end - part.start);
        return { size: sizes.reduce((sum, size) => sum + size, 0), segments: this.#segments };
    }
    #add(bytes) {
        this.#held += bytes.length;
        this.#segments.push(bytes);
    }
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

/***/ 87774:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MB: () => (/* binding */ compressionOf),
/* harmony export */   UD: () => (/* binding */ inflate),
/* harmony export */   XT: () => (/* binding */ magicSize)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38522);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);



const magicSize = 6;
function compressionOf(head) {
    const hex = Buffer.from(head.subarray(0, magicSize)).toString('hex');
    if (hex.startsWith('1f8b'))
        return 'gzip';
    if (hex.startsWith('28b52ffd') || /^5[0-9a-f]2a4d18/.test(hex))
        return 'zstd';
    return 'none';
}
async function* inflate(source, compression, origin) {
    try {
        if (compression === 'none')
            yield* source;
        else if (compression === 'gzip')
            yield* (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(source, node_zlib__WEBPACK_IMPORTED_MODULE_1__.createGunzip({ chunkSize }), ignore);
        else
            yield* inflateFrames(source, origin);
    }
    catch (cause) {
        throw explain(cause, compression, origin);
    }
}
const chunkSize = 256 * 1024;
function ignore() { }
async function* inflateFrames(source, origin) {
    const chunks = source[Symbol.asyncIterator]();
    let chunk = Buffer.alloc(0);
    try {
        do {
            const decoder = createDecoder(origin);
            let fed = chunk.length;
            const feed = async function* () {
                if (chunk.length > 0)
                    yield chunk;
                while (decoder.bytesWritten === fed) {
                    const next = await chunks.next();
                    if (next.done)
                        return;
                    chunk = next.value;
                    fed += chunk.length;
                    yield chunk;
                }
            };
            yield* (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(feed, decoder, ignore);
            chunk = chunk.subarray(chunk.length - (fed - decoder.bytesWritten));
            decoder.destroy();
        } while (chunk.length > 0);
    }
    finally {
        await chunks.return?.();
    }
}
function createDecoder(origin) {
    if (typeof node_zlib__WEBPACK_IMPORTED_MODULE_1__.createZstdDecompress === 'function') {
        return node_zlib__WEBPACK_IMPORTED_MODULE_1__.createZstdDecompress({ chunkSize, ...{ writableHighWaterMark: 1 } });
    }
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is compressed with zstd, which needs Node 22.15 or later; this is Node ${process.versions.node}`);
}
function explain(cause, compression, origin) {
    const code = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(cause);
    if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6 || !code?.match(/^(Z_|ZSTD_)/))
        return cause;
    const what = code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin} is ${what}: ${compression} says "${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(cause)}"`, {
        cause,
    });
}


/***/ }),

/***/ 18639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pc: () => (/* binding */ normalizeName),
/* harmony export */   ZR: () => (/* binding */ toBlob),
/* harmony export */   hd: () => (/* binding */ readMember)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34733);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(95669);




function toBlob(descriptor, { open, chunks, heldBy }) {
    return { descriptor, open, ...(chunks && { chunks }), ...(heldBy && { heldBy }) };
}
function normalizeName(name) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join('/', name).slice(1).replace(/\/$/, '');
}
async function readMember(member) {
    if (member.size > _oci_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .maxManifestSize */ .NQ) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${member.origin} has ${member.size} bytes, more than the ${_oci_manifest_js__WEBPACK_IMPORTED_MODULE_3__/* .maxManifestSize */ .NQ} of a document`);
    }
    return (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_1__/* .readCapped */ .EF)(member.open, member.origin);
}


/***/ }),

/***/ 58632:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R8: () => (/* binding */ FileRanges),
/* harmony export */   Tq: () => (/* binding */ openFile),
/* harmony export */   f1: () => (/* binding */ readFailure),
/* harmony export */   qP: () => (/* binding */ InflatedRanges)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _content_read_fleeting_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(79589);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/* harmony import */ var _compression_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(87774);





const chunkSize = 128 * 1024;
function openFile(path, range = {}) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.createReadStream)(path, { ...range, highWaterMark: chunkSize });
}
function readFailure(path, cause) {
    return cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .AlbaError */ .x6
        ? cause
        : new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .AlbaError */ .x6('source', `cannot read ${path}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(cause)}`, { cause });
}
class FileRanges {
    #path;
    constructor(path) {
        this.#path = path;
    }
    open(offset, size) {
        if (size === 0)
            return node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([], { objectMode: false });
        return openFile(this.#path, { start: offset, end: offset + size - 1 });
    }
    chunks(offset, size) {
        return (0,_content_read_fleeting_js__WEBPACK_IMPORTED_MODULE_2__/* .readFleeting */ .p)(this.#path, { offset, size });
    }
}
const maxIdle = 4;
class InflatedRanges {
    #path;
    #compression;
    #end;
    #idle = [];
    constructor(path, compression, end) {
        this.#path = path;
        this.#compression = compression;
        this.#end = end;
    }
    open(offset, size) {
        return node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from(this.chunks(offset, size), { objectMode: false });
    }
    async *chunks(offset, size) {
        const cursor = this.#take(offset);
        let done = false;
        try {
            yield* cursor.read(offset, size);
            done = true;
        }
        finally {
            if (done && cursor.position < this.#end)
                await this.#leave(cursor);
            else
                await cursor.close();
        }
    }
    #take(offset) {
        const usable = this.#idle.filter((cursor) => cursor.position <= offset);
        const nearest = usable.sort((a, b) => b.position - a.position)[0];
        if (!nearest)
            return new Cursor(this.#path, this.#compression);
        this.#idle = this.#idle.filter((cursor) => cursor !== nearest);
        return nearest;
    }
    async #leave(cursor) {
        this.#idle.push(cursor);
        if (this.#idle.length > maxIdle)
            await this.#idle.shift()?.close();
    }
}
class Cursor {
    position = 0;
    #rest = Buffer.alloc(0);
    #path;
    #chunks;
    constructor(path, compression) {
        this.#path = path;
        this.#chunks = (0,_compression_js__WEBPACK_IMPORTED_MODULE_4__/* .inflate */ .UD)(openFile(path), compression, path);
    }
    async *read(offset, size) {
        while (this.position < offset)
            await this.#next(offset - this.position);
        const end = offset + size;
        while (this.position < end)
            yield await this.#next(end - this.position);
    }
    async close() {
        await this.#chunks.return(undefined);
    }
    async #next(limit) {
        while (this.#rest.length === 0)
            this.#rest = await this.#pull();
        const chunk = this.#rest.subarray(0, limit);
        this.#rest = this.#rest.subarray(chunk.length);
        this.position += chunk.length;
        return chunk;
    }
    async #pull() {
        const next = await this.#chunks.next().catch((cause) => {
            throw readFailure(this.#path, cause);
        });
        if (!next.done)
            return next.value;
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .AlbaError */ .x6('source', `${this.#path} changed while it was read: it is shorter than it was`);
    }
}


/***/ }),

/***/ 76164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   scanInThread: () => (/* binding */ scanInThread),
/* harmony export */   scanTask: () => (/* binding */ scanTask)
/* harmony export */ });
/* harmony import */ var _scan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(43606);

const piece = 4 * 1024 * 1024;
function scanInThread(threads, input, advance) {
    const onNews = (bytes) => advance(bytes);
    return threads.run({ task: 'scan', input, isLast: true, onNews });
}
async function scanTask(input, tell) {
    let bytes = 0;
    const scan = await (0,_scan_js__WEBPACK_IMPORTED_MODULE_0__/* .scanArchive */ .i)(input, (more) => {
        bytes += more;
        if (bytes < piece)
            return;
        tell(bytes);
        bytes = 0;
    });
    tell(bytes);
    return { output: scan };
}


/***/ }),

/***/ 43606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ scanArchive)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/content/read-fleeting.js
var read_fleeting = __webpack_require__(79589);
// EXTERNAL MODULE: ./build/content/tar.js
var tar = __webpack_require__(52657);
;// CONCATENATED MODULE: ./build/deflate/block-table.js
const spacing = 1024;
class BlockTable {
    #blocks = [];
    #last;
    append({ member, memberOffset, blocks }) {
        for (let i = 0; i < blocks.length; i += 2) {
            this.#add({ bit: blocks[i] ?? 0, offset: blocks[i + 1] ?? 0, member, memberOffset });
        }
    }
    takeBefore(offset) {
        const end = this.#blocks.findIndex((block) => block.offset >= offset);
        return this.#blocks.splice(0, end < 0 ? this.#blocks.length : end);
    }
    #add(block) {
        const last = this.#last;
        if (last !== undefined && last.member === block.member && block.offset - last.offset < spacing)
            return;
        if (last?.offset === block.offset)
            this.#blocks.pop();
        this.#blocks.push(block);
        this.#last = block;
    }
}

// EXTERNAL MODULE: ./build/deflate/deflater.js
var deflater = __webpack_require__(99905);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/deflate/gzip-format.js
var gzip_format = __webpack_require__(66104);
// EXTERNAL MODULE: ./build/deflate/wasm.js
var wasm = __webpack_require__(47198);
;// CONCATENATED MODULE: ./build/deflate/inflate-module.js

const outcome = { needsInput: 1, outputFull: 2, blocksFull: 3, ended: 4 };
const faults = [
    'a block of an unknown type',
    'a stored block whose length contradicts itself',
    'code lengths that make no code',
    'a code that is incomplete or overfull',
    'a symbol that means nothing',
    'a match that begins before the data',
];
function faultOf(result) {
    return faults[-result - 1] ?? `the unknown result ${result}`;
}
const instantiate = (0,wasm/* instances */.V)(() => __webpack_require__.e(/* import() */ 392).then(__webpack_require__.bind(__webpack_require__, 17392)).then(({ inflateWasm }) => inflateWasm));
async function instantiateInflate() {
    return (await instantiate());
}

;// CONCATENATED MODULE: ./build/deflate/inflate.js




async function* inflate(source, origin, start) {
    const inflater = new Inflater(await instantiateInflate(), origin, start);
    for await (const chunk of source)
        yield* inflater.push(chunk);
    yield* inflater.finish();
}
const manyBlocks = 8192;
class Inflater {
    #module;
    #origin;
    #input;
    #output;
    #noted;
    #phase = 'header';
    #member = 0;
    #memberOffset = 0;
    #inputOffset = 0;
    #offset = 0;
    #taken = 0;
    #blocks = [];
    #crc = 0;
    #memberSize = 0;
    #checked = true;
    constructor(module, origin, start) {
        this.#module = module;
        this.#origin = origin;
        const { buffer } = module.memory;
        this.#input = Buffer.from(buffer, module.input.value, module.inputSize.value);
        this.#output = Buffer.from(buffer, module.output.value);
        this.#noted = new Uint32Array(buffer, module.blocks.value, module.blocksSize.value * 2);
        if (start !== undefined)
            this.#resume(start);
    }
    *push(chunk) {
        let rest = chunk;
        while (rest.length > 0) {
            rest = rest.subarray(this.#fill(rest));
            yield* this.#advance();
        }
    }
    *finish() {
        if (this.#phase === 'next' || this.#phase === 'padding')
            return;
        if (this.#phase === 'blocks')
            yield this.#take();
        throw this.#fault('the file ends too early');
    }
    #resume({ bitOffset, outputOffset, window }) {
        const recent = window.subarray(Math.max(0, window.length - this.#module.windowSize.value));
        this.#output.set(recent);
        this.#inputOffset = Math.floor(bitOffset / 8);
        this.#module.bit.value = bitOffset % 8;
        this.#module.outputLength.value = recent.length;
        this.#taken = recent.length;
        this.#offset = outputOffset;
        this.#memberOffset = outputOffset - window.length;
        this.#checked = false;
        this.#phase = 'blocks';
        this.#module.begin(recent.length);
    }
    #fill(chunk) {
        const { inputLength, inputSize } = this.#module;
        this.#inputOffset += this.#module.discard();
        const size = Math.min(chunk.length, inputSize.value - inputLength.value);
        if (size === 0)
            throw this.#fault(`a header of more than ${inputSize.value} bytes`);
        this.#input.set(chunk.subarray(0, size), inputLength.value);
        this.#module.feed(size);
        return size;
    }
    *#advance() {
        for (let moving = true; moving;) {
            if (this.#phase === 'blocks')
                moving = yield* this.#inflateBlocks();
            else if (this.#phase === 'trailer')
                moving = this.#readTrailer();
            else if (this.#phase === 'header')
                moving = this.#readHeader();
            else if (this.#phase === 'next')
                moving = this.#lookAhead();
            else
                moving = this.#skip(this.#ahead().length, 'padding');
        }
    }
    #ahead() {
        return this.#input.subarray(this.#module.bit.value >>> 3, this.#module.inputLength.value);
    }
    #skip(bytes, phase) {
        this.#module.bit.value += bytes * 8;
        this.#phase = phase;
        return bytes > 0;
    }
    #readHeader() {
        const read = (0,gzip_format/* readMemberHeader */.qb)(this.#ahead());
        if ('fault' in read)
            throw this.#fault(read.fault);
        if (read.length === undefined)
            return false;
        this.#crc = 0;
        this.#memberSize = 0;
        this.#memberOffset = this.#offset;
        this.#checked = true;
        this.#module.begin(0);
        return this.#skip(read.length, 'blocks');
    }
    *#inflateBlocks() {
        for (;;) {
            const result = this.#module.run();
            this.#collectBlocks();
            if (result < 0)
                throw this.#fault(faultOf(result));
            if (result !== outcome.needsInput || this.#blocks.length >= manyBlocks * 2)
                yield this.#take();
            if (result === outcome.needsInput)
                return false;
            if (result === outcome.ended)
                break;
        }
        this.#module.bit.value = (this.#module.bit.value + 7) & ~7;
        this.#phase = 'trailer';
        return true;
    }
    #readTrailer() {
        const ahead = this.#ahead();
        if (ahead.length < gzip_format/* trailerSize */.Xt)
            return false;
        if (this.#checked && ahead.readUInt32LE(0) !== this.#crc) {
            throw this.#fault('the CRC-32 of the data is not the one that the file tells');
        }
        if (this.#checked && ahead.readUInt32LE(4) !== this.#memberSize % 2 ** 32) {
            throw this.#fault('the length of the data is not the one that the file tells');
        }
        this.#member++;
        return this.#skip(gzip_format/* trailerSize */.Xt, 'next');
    }
    #lookAhead() {
        const [id1, id2] = this.#ahead();
        if (id1 === undefined || (id1 === 0x1f && id2 === undefined))
            return false;
        this.#phase = id1 === 0x1f && id2 === 0x8b ? 'header' : 'padding';
        return true;
    }
    #collectBlocks() {
        const base = this.#offset - this.#taken;
        for (let i = 0; i < this.#module.blockCount.value * 2; i += 2) {
            this.#blocks.push(this.#inputOffset * 8 + (this.#noted[i] ?? 0), base + (this.#noted[i + 1] ?? 0));
        }
        this.#module.blockCount.value = 0;
    }
    #take() {
        const { outputLength } = this.#module;
        const bytes = Buffer.allocUnsafeSlow(outputLength.value - this.#taken);
        this.#output.copy(bytes, 0, this.#taken);
        const chunk = {
            member: this.#member,
            memberOffset: this.#memberOffset,
            offset: this.#offset,
            bytes,
            blocks: Float64Array.from(this.#blocks),
        };
        this.#blocks = [];
        this.#crc = (0,external_node_zlib_.crc32)(bytes, this.#crc);
        this.#memberSize += bytes.length;
        this.#offset += bytes.length;
        this.#module.slide();
        this.#taken = outputLength.value;
        return chunk;
    }
    #fault(what) {
        const at = this.#inputOffset + (this.#module.bit.value >>> 3);
        return new errors/* AlbaError */.x6('source', `${this.#origin}: ${what}, at byte ${at}; the file is damaged or was not written to its end: build it again`);
    }
}

// EXTERNAL MODULE: ./build/deflate/splice.js + 2 modules
var deflate_splice = __webpack_require__(33703);
;// CONCATENATED MODULE: ./build/deflate/layer-capture.js




const mostHeld = 4 * 1024 * 1024;
class LayerCapture {
    #blocks;
    #start;
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #crc = 0;
    #size = 0;
    #builder;
    #run;
    #held = [];
    #heldSize = 0;
    constructor(blocks, start, deflater) {
        this.#blocks = blocks;
        this.#builder = new deflate_splice/* SpliceBuilder */.i0(deflater);
        this.#start = start;
        blocks.takeBefore(start);
    }
    write(bytes) {
        this.#hash.update(bytes);
        this.#crc = (0,external_node_zlib_.crc32)(bytes, this.#crc);
        const position = this.#start + this.#size;
        this.#size += bytes.length;
        let done = 0;
        for (const block of this.#blocks.takeBefore(position + bytes.length)) {
            if (!this.#isFree(block))
                continue;
            this.#hold(bytes.subarray(done, block.offset - position));
            done = block.offset - position;
            this.#meet(block);
        }
        this.#hold(bytes.subarray(done));
    }
    finish() {
        const diffId = `sha256:${this.#hash.digest('hex')}`;
        if (this.#run !== undefined)
            this.#builder?.addBlocks(this.#run.from, this.#run.to);
        const splice = this.#builder?.finish(this.#takeHeld(), this.#crc, this.#size);
        return { diffId, size: this.#size, splice };
    }
    #isFree({ offset, memberOffset }) {
        return memberOffset >= this.#start || offset - deflater/* windowSize */.on >= this.#start;
    }
    #meet(block) {
        if (this.#run?.member === block.member) {
            this.#run.to = block.bit;
            this.#takeHeld();
            return;
        }
        if (this.#run !== undefined)
            this.#builder?.addBlocks(this.#run.from, this.#run.to);
        this.#builder?.addBytes(this.#takeHeld());
        this.#run = { member: block.member, from: block.bit, to: block.bit };
        if (this.#builder !== undefined && this.#builder.held > mostHeld)
            this.#giveUp();
    }
    #hold(bytes) {
        if (this.#builder === undefined || bytes.length === 0)
            return;
        this.#held.push(bytes);
        this.#heldSize += bytes.length;
        if (this.#heldSize > mostHeld)
            this.#giveUp();
    }
    #takeHeld() {
        const held = this.#held;
        this.#held = [];
        this.#heldSize = 0;
        return Buffer.concat(held);
    }
    #giveUp() {
        this.#builder = undefined;
        this.#takeHeld();
    }
}

// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
// EXTERNAL MODULE: ./build/source/compression.js
var source_compression = __webpack_require__(87774);
// EXTERNAL MODULE: ./build/source/members.js
var members = __webpack_require__(18639);
// EXTERNAL MODULE: ./build/source/ranges.js
var ranges = __webpack_require__(58632);
;// CONCATENATED MODULE: ./build/source/scan.js














const maxEntries = 100_000;
const maxNameLength = 4096;
const maxDocuments = 32 * 1024 * 1024;
const leastSpliced = 128 * 1024;
const mostSpliced = 0.95;
async function scanArchive({ path, compression, fingerprint }, advance) {
    const hash = fingerprint ? (0,external_node_crypto_.createHash)('sha256') : undefined;
    const watch = (chunk) => {
        hash?.update(chunk);
        advance(chunk.length);
    };
    const splicing = compression === 'gzip' ? { blocks: new BlockTable(), deflater: await deflater/* Deflater */.i$.create() } : undefined;
    const scanner = new Scanner(path, splicing);
    const bytes = splicing
        ? inflateNoting(watched((0,read_fleeting/* readFleeting */.p)(path), watch), path, splicing.blocks)
        : readOther(path, compression, watch);
    try {
        for await (const entry of (0,tar/* readTar */.s)(bytes, path))
            await scanner.add(entry);
        const scan = await scanner.finish();
        return { ...scan, digest: hash && `sha256:${hash.digest('hex')}` };
    }
    catch (cause) {
        throw (0,ranges/* readFailure */.f1)(path, cause);
    }
}
function readOther(path, compression, watch) {
    return compression === 'none'
        ? watched((0,read_fleeting/* readFleeting */.p)(path), watch)
        : (0,source_compression/* inflate */.UD)(watched((0,ranges/* openFile */.Tq)(path), watch), compression, path);
}
async function* watched(source, watch) {
    for await (const chunk of source) {
        watch(chunk);
        yield chunk;
    }
}
async function* inflateNoting(source, path, blocks) {
    for await (const chunk of inflate(source, path)) {
        blocks.append(chunk);
        const { buffer, byteOffset, length } = chunk.bytes;
        yield Buffer.from(buffer, byteOffset, length);
    }
}
class Scanner {
    #path;
    #splicing;
    #files = new Map();
    #splices = new Map();
    #links = new Map();
    #end = 0;
    #entries = 0;
    #documents = 0;
    constructor(path, splicing) {
        this.#path = path;
        this.#splicing = splicing;
    }
    async add(entry) {
        if (++this.#entries > maxEntries)
            throw this.#refuse(`more than ${maxEntries} entries`);
        const longest = Math.max(entry.name.length, entry.linkname?.length ?? 0);
        if (longest > maxNameLength)
            throw this.#refuse('a name of more than 4096 characters');
        const name = (0,members/* normalizeName */.Pc)(entry.name);
        this.#files.delete(name);
        this.#links.delete(name);
        this.#splices.delete(name);
        if (entry.type === 'file')
            await this.#read(name, entry);
        else if (entry.linkname)
            this.#links.set(name, targetOf(entry, entry.linkname));
    }
    async finish() {
        for (const [name, splice] of this.#splices) {
            const file = this.#files.get(name);
            const hash = (0,external_node_crypto_.createHash)('sha256');
            for await (const chunk of (0,deflate_splice/* spliceChunks */.dX)(splice, this.#path))
                hash.update(chunk);
            if (file)
                this.#files.set(name, { ...file, spliced: { splice, digest: `sha256:${hash.digest('hex')}` } });
        }
        return { files: this.#files, links: this.#links, end: this.#end };
    }
    async #read(name, entry) {
        const { size, offset } = entry;
        const reading = new Reading(this.#capture(entry));
        const kept = [];
        let isDocument = false;
        for await (const chunk of entry.body) {
            if (reading.take(chunk))
                isDocument = this.#mayKeep(entry, reading.head);
            if (isDocument)
                kept.push(Buffer.from(chunk));
        }
        if (isDocument)
            this.#documents += size;
        this.#end = offset + size;
        const { digest, compression, splice } = reading.finish();
        const document = isDocument ? { document: Buffer.concat(kept) } : {};
        this.#files.set(name, { size, offset, digest, compression, ...document });
        if (splice && compression === 'none' && splice.size < size * mostSpliced)
            this.#splices.set(name, splice);
    }
    #capture({ size, offset }) {
        if (!this.#splicing || size < leastSpliced)
            return undefined;
        const { blocks, deflater } = this.#splicing;
        return new LayerCapture(blocks, offset, deflater);
    }
    #mayKeep({ size }, head) {
        return ((head[0] === 0x7b || head[0] === 0x5b) &&
            size <= manifest/* maxManifestSize */.NQ &&
            this.#documents + size <= maxDocuments);
    }
    #refuse(what) {
        return new errors/* AlbaError */.x6('source', `${this.#path} is not an image archive: it has ${what}`);
    }
}
class Reading {
    head = Buffer.alloc(0);
    #capture;
    #hash = (0,external_node_crypto_.createHash)('sha256');
    constructor(capture) {
        this.#capture = capture;
    }
    take(chunk) {
        if (this.#capture)
            this.#capture.write(chunk);
        else
            this.#hash.update(chunk);
        if (this.head.length >= source_compression/* magicSize */.XT)
            return false;
        this.head = Buffer.concat([this.head, chunk.subarray(0, source_compression/* magicSize */.XT)]);
        return true;
    }
    finish() {
        const captured = this.#capture?.finish();
        return {
            digest: captured?.diffId ?? `sha256:${this.#hash.digest('hex')}`,
            compression: (0,source_compression/* compressionOf */.MB)(this.head),
            splice: captured?.splice,
        };
    }
}
function targetOf({ name, type }, linkname) {
    return (0,members/* normalizeName */.Pc)(type === 'symlink' ? external_node_path_.posix.join(external_node_path_.posix.dirname(name), linkname) : linkname);
}


/***/ })

};
