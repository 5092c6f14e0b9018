export const id = 825;
export const ids = [825];
export const modules = {

/***/ 56956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ formatCount)
/* harmony export */ });
function formatCount(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 10480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ shownPath)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);

function shownPath(path, directory) {
    if (!(0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(path))
        return path;
    const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.relative)(directory, path);
    return inside === '' || inside.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_0__.isAbsolute)(inside) ? path : inside;
}


/***/ }),

/***/ 44180:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ sum)
/* harmony export */ });
function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
}


/***/ }),

/***/ 51275:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bz: () => (/* binding */ assertWritable),
/* harmony export */   Pv: () => (/* binding */ directoriesOf),
/* harmony export */   jt: () => (/* binding */ directoryOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(19473);
/* harmony import */ var _storage_file_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(73073);





function directoriesOf(targets, directory) {
    return targets.flatMap(({ place }) => {
        if (place.kind === 'layout')
            return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(directory, place.path);
        return place.kind === 'storage' ? directoryOf(place.location, directory) : [];
    });
}
function directoryOf(location, directory) {
    return location.kind === 'file' ? [(0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(directory, location.path)] : [];
}
async function assertWritable(directories) {
    for (const directory of new Set(directories)) {
        await askNearest(directory).catch((cause) => {
            throw (0,_storage_file_error_js__WEBPACK_IMPORTED_MODULE_4__/* .fileError */ .z)('write', directory, cause);
        });
    }
}
async function askNearest(path) {
    try {
        if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path)).isDirectory())
            throw isFile(path);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
    }
    catch (thrown) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(thrown) !== 'ENOENT' || (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path) === path)
            throw thrown;
        await askNearest((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
    }
}
function isFile(path) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .AlbaError */ .x6('target', `cannot write ${path}: there is a file, expected a directory`);
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

/***/ 87593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ countedChunks),
/* harmony export */   h: () => (/* binding */ counted)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);

function counted(open, advance) {
    const begin = counter(advance);
    return async () => {
        const count = begin();
        const counting = new node_stream__WEBPACK_IMPORTED_MODULE_0__.Transform({
            transform(chunk, _encoding, done) {
                count(chunk);
                done(null, chunk);
            },
        });
        return (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(await open(), counting, () => { });
    };
}
function countedChunks(chunks, advance) {
    const begin = counter(advance);
    return async function* () {
        const count = begin();
        for await (const chunk of chunks()) {
            count(chunk);
            yield chunk;
        }
    };
}
function counter(advance) {
    let told = 0;
    return () => {
        let seen = 0;
        return ({ length }) => {
            seen += length;
            if (seen <= told)
                return;
            advance(seen - told);
            told = seen;
        };
    };
}


/***/ }),

/***/ 4613:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ formatBytes)
/* harmony export */ });
const units = ['B', 'kB', 'MB', 'GB', 'TB'];
function formatBytes(bytes) {
    let value = bytes;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit += 1;
    }
    return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}


/***/ }),

/***/ 81934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ together)
/* harmony export */ });
async function together(work, abort) {
    await Promise.allSettled(work.map(async (promise) => {
        try {
            await promise;
        }
        catch (failure) {
            abort.abort(failure);
        }
    }));
    abort.signal.throwIfAborted();
    return Promise.all(work);
}


/***/ }),

/***/ 71392:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isAttestation),
/* harmony export */   W: () => (/* binding */ attestedBy)
/* harmony export */ });
function isAttestation({ annotations }) {
    return annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}
function attestedBy({ annotations }) {
    return annotations?.['vnd.docker.reference.digest'];
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

/***/ 42470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P7: () => (/* binding */ refName),
/* harmony export */   PF: () => (/* binding */ blobName),
/* harmony export */   UX: () => (/* binding */ layoutName),
/* harmony export */   mo: () => (/* binding */ indexName)
/* harmony export */ });
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1564);

const indexName = 'index.json';
const layoutName = 'oci-layout';
const refName = 'org.opencontainers.image.ref.name';
function blobName(digest) {
    return `blobs/sha256/${(0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .hexOf */ .ZD)(digest)}`;
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

/***/ 33240:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  n: () => (/* binding */ findArtifacts)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/tinyglobby/dist/index.mjs + 1 modules
var dist = __webpack_require__(73382);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/platform.js
var platform = __webpack_require__(44647);
// EXTERNAL MODULE: ./build/oci/reference.js
var reference = __webpack_require__(20907);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/source/glob.js



async function globPaths(pattern, cwd) {
    const posix = external_node_path_.sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
    const paths = await (0,dist/* glob */.TI)(posix, {
        cwd,
        absolute: true,
        onlyFiles: false,
        expandDirectories: false,
        fs: tolerant,
    });
    return paths.map((path) => (0,external_node_path_.resolve)(path));
}
const tolerant = {
    realpath: (path, done) => external_node_fs_.realpath(path, (error, real) => done(null, error ? path : real)),
    stat: (path, done) => external_node_fs_.stat(path, (error, stats) => (error ? external_node_fs_.lstat(path, done) : done(null, stats))),
};

// EXTERNAL MODULE: ./build/source/platform-name.js
var platform_name = __webpack_require__(90449);
// EXTERNAL MODULE: ./build/source/sniff.js + 1 modules
var sniff = __webpack_require__(75109);
;// CONCATENATED MODULE: ./build/source/find.js









async function findArtifacts(lines, cwd) {
    const wanted = lines.map((line) => line.trim()).filter((line) => line !== '');
    const excluded = await expandExcludes(wanted, cwd);
    const isExcluded = (path) => excluded.some((prefix) => path === prefix || path.startsWith(prefix + external_node_path_.sep));
    const problems = new errors/* Problems */.Zw();
    const found = new Set();
    const named = wanted.filter((line) => !line.startsWith('!'));
    if (named.length === 0)
        problems.add('no artifacts are named');
    for (const line of named) {
        try {
            const paths = (await expand(line, cwd)).filter((path) => !isExcluded(path));
            if (paths.length === 0)
                problems.add(`${line}: all that it names is left out by a line with !`);
            for (const path of paths)
                found.add(path);
        }
        catch (error) {
            problems.add((0,errors/* messageOf */.bD)(error));
        }
    }
    const unique = await uniqueFiles([...found].sort(), problems);
    problems.throwIfAny('source');
    return unique;
}
async function expandExcludes(lines, cwd) {
    const patterns = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim());
    const matches = await Promise.all(patterns.map((pattern) => globPaths(pattern, cwd)));
    return [...patterns.map((pattern) => (0,external_node_path_.resolve)(cwd, pattern)), ...matches.flat()];
}
async function expand(line, cwd) {
    const path = (0,external_node_path_.resolve)(cwd, line);
    const kind = await (0,sniff/* kindOf */.I)(path);
    if (kind === 'file' || kind === 'layout')
        return [path];
    if (kind === 'folder')
        return expandFolder(line, path);
    if (kind === 'dangling')
        throw dangling(line);
    if (kind === 'other')
        throw new errors/* AlbaError */.x6('source', `${line} is neither a file nor a folder`);
    if (!(0,dist/* isDynamicPattern */.ey)(line))
        throw missing(line, cwd);
    const artifacts = await keepArtifacts(await globPaths(line, cwd));
    if (artifacts.length > 0)
        return artifacts;
    throw new errors/* AlbaError */.x6('source', `${line} matches no image archive and no OCI layout in ${cwd}`);
}
async function expandFolder(line, folder) {
    const names = (await (0,promises_.readdir)(folder)).filter((name) => !name.startsWith('.')).sort();
    const artifacts = await keepArtifacts(names.map((name) => (0,external_node_path_.join)(folder, name)));
    if (artifacts.length > 0)
        return artifacts;
    if (names.length === 0)
        throw new errors/* AlbaError */.x6('source', `${line} is an empty folder`);
    throw new errors/* AlbaError */.x6('source', `${line} holds no image archive and no OCI layout, but ${names.slice(0, 5).join(', ')}; what lies further down is named by a glob such as ${(0,external_node_path_.join)(line, '**', '*.tar.gz')}`);
}
function missing(line, cwd) {
    const url = (0,reference/* guessRegistryUrl */.uV)(line);
    const hint = url ? `; is a published image meant, ${url}?` : '';
    return new errors/* AlbaError */.x6('source', `${line} does not exist in ${cwd}${hint}`);
}
async function keepArtifacts(paths) {
    const kept = [];
    for (const path of [...paths].sort()) {
        const kind = await (0,sniff/* kindOf */.I)(path);
        if (kind === 'dangling')
            throw dangling(path);
        if (kept.some((layout) => path.startsWith(layout + external_node_path_.sep)))
            continue;
        if (kind === 'layout' || (kind === 'file' && (await (0,sniff/* looksLikeArchive */.U8)(path))))
            kept.push(path);
    }
    return kept;
}
async function uniqueFiles(paths, problems) {
    const names = new Map();
    for (const path of paths) {
        const real = await (0,promises_.realpath)(path);
        const first = names.get(real) ?? path;
        names.set(real, first);
        if (!isSameName(first, path))
            problems.add(`${first} and ${path} are named for two platforms, but are one file`);
    }
    return [...names.values()];
}
function isSameName(a, b) {
    const [left, right] = [(0,platform_name/* platformInName */.Q)(a), (0,platform_name/* platformInName */.Q)(b)];
    return !left || !right || (0,platform/* formatPlatform */.Bq)(left) === (0,platform/* formatPlatform */.Bq)(right);
}
function dangling(path) {
    return new errors/* AlbaError */.x6('source', `${path} is a symbolic link to something that is missing`);
}


/***/ }),

/***/ 64290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ readImages)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_attestation_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(71392);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95669);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21507);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(18639);
/* harmony import */ var _sealed_image_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(56658);






async function readImages(blobs, descriptors, progress, { partial = false } = {}) {
    const walk = { blobs, progress, partial, found: new Map(), size: 0 };
    await flatten(walk, descriptors, 0);
    return toImages(walk);
}
const maxDepth = 8;
const maxDocuments = 64 * 1024 * 1024;
async function flatten(walk, descriptors, depth) {
    const { blobs, partial, found } = walk;
    if (depth > maxDepth) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${blobs.origin} nests its indexes more than ${maxDepth} deep`);
    }
    for (const descriptor of descriptors) {
        const { digest, mediaType } = descriptor;
        if (found.has(digest))
            continue;
        found.set(digest, undefined);
        if (partial && depth > 0 && !(await blobs.find(descriptor)))
            continue;
        if ((0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isDocument */ .wz)(mediaType))
            countDocument(walk, descriptor);
        if ((0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isIndex */ .nw)(mediaType))
            await flattenIndex(walk, descriptor, depth);
        else if ((0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .isManifest */ .Yh)(mediaType))
            await addManifest(walk, descriptor);
        else
            leaveOut(walk, digest, mediaType);
    }
}
function countDocument(walk, { size }) {
    walk.size += size;
    if (walk.size <= maxDocuments)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('source', `${walk.blobs.origin} has manifests of more than ${maxDocuments} bytes`);
}
async function flattenIndex(walk, descriptor, depth) {
    const member = await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .findBlob */ .FM)(walk.blobs, descriptor);
    const index = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseIndex */ .A1)(await (0,_members_js__WEBPACK_IMPORTED_MODULE_3__/* .readMember */ .hd)(member), member.origin);
    await flatten(walk, index.manifests, depth + 1);
}
async function addManifest(walk, descriptor) {
    const manifest = await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .readManifest */ .WI)(walk.blobs, descriptor);
    if (walk.partial && !(await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .isComplete */ .As)(walk.blobs, manifest)))
        return;
    walk.found.set(descriptor.digest, manifest);
}
async function toImages(walk) {
    const manifests = [...walk.found.values()].filter((found) => found !== undefined);
    const attestations = await attestationsBySubject(walk, manifests);
    const images = [];
    for (const found of manifests) {
        if ((0,_oci_attestation_js__WEBPACK_IMPORTED_MODULE_5__/* .isAttestation */ .H)(found.descriptor))
            continue;
        const { digest } = found.descriptor;
        const { mediaType } = found.manifest.config;
        const described = attestations.get(digest) ?? [];
        if (isImage(found))
            images.push(await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .readSealedImage */ .mj)(walk.blobs, found, described));
        else
            leaveOut(walk, digest, found.manifest.artifactType ?? mediaType);
    }
    return images;
}
async function attestationsBySubject({ blobs, found, progress }, manifests) {
    const bySubject = new Map();
    for (const attestation of manifests.filter(({ descriptor }) => (0,_oci_attestation_js__WEBPACK_IMPORTED_MODULE_5__/* .isAttestation */ .H)(descriptor))) {
        const subject = (0,_oci_attestation_js__WEBPACK_IMPORTED_MODULE_5__/* .attestedBy */ .W)(attestation.descriptor) ?? '';
        if (found.get(subject)) {
            bySubject.set(subject, [...(bySubject.get(subject) ?? []), await (0,_sealed_image_js__WEBPACK_IMPORTED_MODULE_4__/* .readNode */ .XH)(blobs, attestation)]);
        }
        else {
            progress.warn(`${blobs.origin}: left out an attestation of ${subject}, which is not there`);
        }
    }
    return bySubject;
}
function isImage({ manifest: { config, layers } }) {
    const configs = [_oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .mediaTypes */ .Ib.oci.config, _oci_media_type_js__WEBPACK_IMPORTED_MODULE_2__/* .mediaTypes */ .Ib.docker.config];
    const layer = /^application\/vnd\.(oci\.image\.layer|docker\.image\.rootfs)\./;
    return configs.includes(config.mediaType) && layers.every(({ mediaType }) => layer.test(mediaType));
}
function leaveOut({ blobs, progress }, digest, type) {
    progress.warn(`${blobs.origin}: left out ${digest}, which is no image but ${type}`);
}


/***/ }),

/***/ 54402:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ hashFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var _content_read_fleeting_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(79589);
/* harmony import */ var _ranges_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(58632);



async function hashFile(path, advance) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    try {
        for await (const chunk of (0,_content_read_fleeting_js__WEBPACK_IMPORTED_MODULE_1__/* .readFleeting */ .p)(path)) {
            hash.update(chunk);
            advance(chunk.length);
        }
    }
    catch (cause) {
        throw (0,_ranges_js__WEBPACK_IMPORTED_MODULE_2__/* .readFailure */ .f1)(path, cause);
    }
    return `sha256:${hash.digest('hex')}`;
}


/***/ }),

/***/ 88607:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  R: () => (/* binding */ readArtifact)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/layout.js
var oci_layout = __webpack_require__(42470);
// EXTERNAL MODULE: ./build/content/content.js
var content = __webpack_require__(49215);
// EXTERNAL MODULE: ./build/deflate/splice.js + 2 modules
var splice = __webpack_require__(33703);
// EXTERNAL MODULE: ./build/source/members.js
var source_members = __webpack_require__(18639);
// EXTERNAL MODULE: ./build/source/ranges.js
var source_ranges = __webpack_require__(58632);
// EXTERNAL MODULE: ./build/source/scan.js + 4 modules
var source_scan = __webpack_require__(43606);
// EXTERNAL MODULE: ./build/source/scan-thread.js
var scan_thread = __webpack_require__(76164);
;// CONCATENATED MODULE: ./build/source/archive.js







const maxLinks = 16;
async function readArchive(path, compression, { progress, threads, fingerprint = false }) {
    const input = { path, compression, fingerprint };
    const scan = threads
        ? await (0,scan_thread.scanInThread)(threads, input, progress.advance)
        : await (0,source_scan/* scanArchive */.i)(input, progress.advance);
    const ranges = compression === 'none' ? new source_ranges/* FileRanges */.R8(path) : new source_ranges/* InflatedRanges */.qP(path, compression, scan.end);
    const members = new Map();
    for (const [name, file] of scan.files)
        members.set(name, toMember(path, name, file, ranges));
    return {
        origin: path,
        digest: scan.digest,
        find: async (name) => members.get(follow(scan, (0,source_members/* normalizeName */.Pc)(name), path)),
    };
}
function toMember(path, name, file, ranges) {
    const { size, offset, digest, compression, document, spliced } = file;
    return {
        origin: `${path} (${name})`,
        size,
        compression,
        digest: async () => digest,
        open: document ? (0,content/* openBytes */.o)(document) : () => ranges.open(offset, size),
        chunks: () => ranges.chunks(offset, size),
        ...(spliced && {
            gzipped: {
                digest: spliced.digest,
                size: spliced.splice.size,
                open: () => (0,splice/* openSplice */.r$)(spliced.splice, path),
                chunks: () => (0,splice/* spliceChunks */.dX)(spliced.splice, path),
            },
        }),
    };
}
function follow({ links }, name, path) {
    let at = name;
    for (let step = 0; step < maxLinks; step++) {
        const target = links.get(at);
        if (target === undefined)
            return at;
        at = target;
    }
    throw new errors/* AlbaError */.x6('source', `${path} is not an image archive: it has a link that leads nowhere after ${maxLinks} steps, ${name}`);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
// EXTERNAL MODULE: ./build/oci/digest.js
var digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/manifest.js
var oci_manifest = __webpack_require__(95669);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/source/compression.js
var source_compression = __webpack_require__(87774);
;// CONCATENATED MODULE: ./build/source/docker-archive.js












const manifestName = 'manifest.json';
const mostImages = 128;
const manifestSchema = dist/* pipe */.FsL(dist/* array */.YOg(dist/* looseObject */._H3({ Config: dist/* string */.YjP(), Layers: dist/* nullish */.cl6(dist/* array */.YOg(dist/* string */.YjP()), []) })), dist/* nonEmpty */.hq('it lists no image'), dist/* maxLength */.Ru6(mostImages, `it lists more than ${mostImages} images`));
async function readDockerArchive(archive) {
    const images = new Map();
    const layers = new Map();
    for (const entry of await readEntries(archive)) {
        const image = await readImage(archive, entry, layers);
        images.set(image.config.descriptor.digest, image);
    }
    return [...images.values()];
}
async function readConfigDigests(archive) {
    const entries = await readEntries(archive);
    const configs = await Promise.all(entries.map(({ Config }) => required(archive, Config)));
    return Promise.all(configs.map((config) => config.digest()));
}
async function readEntries(archive) {
    const manifest = await required(archive, manifestName);
    return (0,oci_manifest/* parseJson */.qF)(manifestSchema, await (0,source_members/* readMember */.hd)(manifest), manifest.origin);
}
async function readImage(archive, entry, known) {
    const member = await required(archive, entry.Config);
    const bytes = await (0,source_members/* readMember */.hd)(member);
    const descriptor = { mediaType: media_type/* mediaTypes */.Ib.oci.config, digest: (0,digest/* digestOf */.ol)(bytes), size: bytes.length };
    const named = digestInName(entry.Config);
    if (named)
        (0,verify/* assertSame */.ZQ)({ ...descriptor, digest: named }, descriptor, member.origin);
    const { platform, diffIds } = (0,oci_manifest/* parseConfig */.o4)(bytes, member.origin);
    return {
        kind: 'loose',
        origin: archive.origin,
        platform,
        config: { descriptor, open: (0,content/* openBytes */.o)(bytes) },
        layers: await readLayers(archive, entry, diffIds, known),
    };
}
async function readLayers(archive, { Config, Layers }, diffIds, known) {
    if (Layers.length !== diffIds.length) {
        throw new errors/* AlbaError */.x6('source', `${archive.origin} lists ${Layers.length} layers, its config ${Config} ${diffIds.length}`);
    }
    const layers = [];
    for (const [index, diffId] of diffIds.entries()) {
        const member = await required(archive, Layers[index] ?? '');
        const layer = known.get(member) ?? (await readLayer(member, diffId));
        if (layer.diffId !== diffId)
            throw mismatch(member.origin, layer.diffId, diffId);
        known.set(member, layer);
        layers.push(layer);
    }
    return layers;
}
async function readLayer(member, diffId) {
    const digest = await member.digest();
    const { size, open, chunks, compression = 'none', origin, gzipped } = member;
    const { gzip } = media_type/* mediaTypes */.Ib.oci.layer;
    if (digest === diffId) {
        const descriptor = gzipped && { mediaType: gzip, digest: gzipped.digest, size: gzipped.size };
        const layer = { diffId, size, open, ...(chunks && { chunks }) };
        return { ...layer, ...(descriptor && { gzipped: { ...gzipped, descriptor } }) };
    }
    if (compression === 'none')
        throw mismatch(origin, digest, diffId);
    const openInflated = async () => external_node_stream_.Readable.from((0,source_compression/* inflate */.UD)(await open(), compression, origin), { objectMode: false });
    const inflated = await measure(await openInflated());
    if (inflated.digest !== diffId)
        throw mismatch(origin, inflated.digest, diffId);
    const mediaType = media_type/* mediaTypes */.Ib.oci.layer[compression];
    return {
        diffId,
        size: inflated.size,
        open: openInflated,
        compressed: { descriptor: { mediaType, digest, size }, open, ...(chunks && { chunks }) },
    };
}
async function measure(stream) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    await (0,external_node_stream_promises_.pipeline)(stream, async (chunks) => {
        for await (const chunk of chunks) {
            hash.update(chunk);
            size += chunk.length;
        }
    });
    return { digest: `sha256:${hash.digest('hex')}`, size };
}
function mismatch(origin, found, diffId) {
    return new errors/* AlbaError */.x6('source', `layer ${origin} is damaged: its diffID is ${found}, its config says ${diffId}`);
}
function digestInName(name) {
    const hex = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
    return hex ? `sha256:${hex}` : undefined;
}
async function required(archive, name) {
    const member = await archive.find(name);
    if (member)
        return member;
    throw new errors/* AlbaError */.x6('source', `${archive.origin} is incomplete: ${name} is not in it`);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/content/read-fleeting.js
var read_fleeting = __webpack_require__(79589);
// EXTERNAL MODULE: ./build/source/hash.js
var hash = __webpack_require__(54402);
;// CONCATENATED MODULE: ./build/source/folder.js






function openFolder(path, progress) {
    const members = new Map();
    const find = (name) => {
        const member = members.get(name) ?? findFile((0,external_node_path_.join)(path, name), progress);
        members.set(name, member);
        return member;
    };
    return { origin: path, find };
}
async function findFile(file, progress) {
    try {
        const found = await (0,promises_.stat)(file);
        return found.isFile() ? folder_toMember(file, found.size, progress) : undefined;
    }
    catch (cause) {
        if ((0,errors/* systemCode */.xU)(cause) === 'ENOENT')
            return undefined;
        throw (0,source_ranges/* readFailure */.f1)(file, cause);
    }
}
function folder_toMember(file, size, progress) {
    let digest;
    return {
        origin: file,
        size,
        open: () => (0,source_ranges/* openFile */.Tq)(file),
        chunks: () => (0,read_fleeting/* readFleeting */.p)(file),
        digest: () => {
            if (!digest)
                progress.expect(size);
            digest ??= (0,hash/* hashFile */.D)(file, progress.advance);
            return digest;
        },
    };
}

// EXTERNAL MODULE: ./build/source/flatten.js
var flatten = __webpack_require__(64290);
;// CONCATENATED MODULE: ./build/source/oci-layout.js






const layoutSchema = dist/* looseObject */._H3({
    imageLayoutVersion: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^1\./, 'expected version 1.0.0')),
});
async function readLayout(layout, progress, options = {}) {
    const marker = await readRequired(layout, oci_layout/* layoutName */.UX);
    (0,oci_manifest/* parseJson */.qF)(layoutSchema, marker, `${layout.origin} (${oci_layout/* layoutName */.UX})`);
    const root = (0,oci_manifest/* parseIndex */.A1)(await readRequired(layout, oci_layout/* indexName */.mo), `${layout.origin} (${oci_layout/* indexName */.mo})`);
    const blobs = {
        origin: layout.origin,
        find: ({ digest }) => layout.find((0,oci_layout/* blobName */.PF)(digest)),
    };
    return (0,flatten/* readImages */.H)(blobs, root.manifests, progress, options);
}
async function readRequired(layout, name) {
    const member = await layout.find(name);
    if (member)
        return (0,source_members/* readMember */.hd)(member);
    throw new errors/* AlbaError */.x6('source', `${layout.origin} is no complete OCI layout: ${name} is not in it`);
}

// EXTERNAL MODULE: ./build/source/platform-name.js
var platform_name = __webpack_require__(90449);
// EXTERNAL MODULE: ./build/source/sniff.js + 1 modules
var sniff = __webpack_require__(75109);
;// CONCATENATED MODULE: ./build/source/open.js










async function readArtifact(path, options) {
    const found = await (0,promises_.stat)(path).catch((cause) => {
        throw (0,source_ranges/* readFailure */.f1)(path, cause);
    });
    const artifact = found.isDirectory()
        ? await readFolder(path, options.progress)
        : await readFile(path, found.size, options);
    if (artifact.images.length === 0)
        throw new errors/* AlbaError */.x6('source', `${path} holds no image`);
    (0,platform_name/* checkName */.I)(path, artifact.images);
    return artifact;
}
async function readFolder(path, progress) {
    const folder = openFolder(path, progress);
    if (await folder.find(oci_layout/* layoutName */.UX)) {
        return { isFolder: true, images: await readLayout(folder, progress), digest: undefined };
    }
    throw new errors/* AlbaError */.x6('source', `${path} is a folder, but no OCI layout: ${oci_layout/* layoutName */.UX} is not in it`);
}
const leastThreaded = 8 * 1024 * 1024;
async function readFile(path, size, options) {
    const { progress, threads } = options;
    if (size === 0)
        throw new errors/* AlbaError */.x6('source', `${path} is empty: did the build that makes it fail?`);
    progress.expect(size);
    const archive = await readArchive(path, await (0,sniff/* readCompression */.R_)(path), {
        ...options,
        threads: size < leastThreaded ? undefined : threads,
    });
    return { isFolder: false, images: await readImages(archive, progress), digest: archive.digest };
}
async function readImages(archive, progress) {
    const [docker, layout] = [await archive.find(manifestName), await archive.find(oci_layout/* indexName */.mo)];
    if (docker && layout && (await archive.find(oci_layout/* layoutName */.UX)))
        return readBoth(archive, progress);
    if (docker)
        return readDockerArchive(archive);
    if (layout)
        return readLayout(archive, progress);
    throw new errors/* AlbaError */.x6('source', `${archive.origin} is no image archive: it has neither ${manifestName} (docker archive) nor ${oci_layout/* indexName */.mo} (OCI layout)`);
}
async function readBoth(archive, progress) {
    const sealed = await readLayout(archive, progress, { partial: true });
    const configs = sealed.map(({ manifest }) => manifest.children[0]?.descriptor.digest);
    const listed = await readConfigDigests(archive);
    const isWhole = listed.every((digest) => configs.includes(digest));
    return isWhole && sealed.every(isCompressed) ? sealed : readDockerArchive(archive);
}
function isCompressed({ manifest }) {
    const [, ...layers] = manifest.children;
    return layers.every(({ descriptor }) => /[.+](gzip|zstd)$/.test(descriptor.mediaType));
}


/***/ }),

/***/ 90449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ checkName),
/* harmony export */   Q: () => (/* binding */ platformInName)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44647);



function platformInName(path) {
    const tokens = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(path)
        .toLowerCase()
        .split(/[^a-z0-9]+/);
    const at = tokens.findIndex((token, index) => _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .operatingSystems */ .er.includes(token) && _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .architectures */ .f2.includes(tokens[index + 1] ?? ''));
    const [os, architecture, variant] = at < 0 ? [] : tokens.slice(at);
    if (!os || !architecture)
        return undefined;
    const isVariant = variant !== undefined && _oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .variants */ .HI[architecture]?.includes(variant);
    const isVersion = /^\d/.test(tokens[at + 3] ?? '');
    return { os, architecture, ...(isVariant && !isVersion && { variant }) };
}
function checkName(path, images) {
    const named = platformInName(path);
    const other = named && images.find(({ platform }) => !agrees(named, platform));
    if (!other)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${path} is named for ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .formatPlatform */ .Bq)(named)}, but the image in it is for ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .formatPlatform */ .Bq)(other.platform)}: rename the file or build for the other platform`);
}
function agrees(named, { os, architecture, variant }) {
    if (named.os !== os || named.architecture !== architecture)
        return false;
    if (!named.variant || (!variant && architecture !== 'arm'))
        return true;
    return (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .platformKey */ .Ng)(named) === (0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .platformKey */ .Ng)({ os, architecture, ...(variant && { variant }) });
}


/***/ }),

/***/ 56658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   As: () => (/* binding */ isComplete),
/* harmony export */   FM: () => (/* binding */ findBlob),
/* harmony export */   WI: () => (/* binding */ readManifest),
/* harmony export */   XH: () => (/* binding */ readNode),
/* harmony export */   mj: () => (/* binding */ readSealedImage)
/* harmony export */ });
/* harmony import */ var _content_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49215);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34733);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _oci_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(42470);
/* harmony import */ var _oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(95669);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(21507);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(44647);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(18639);








async function findBlob(blobs, descriptor) {
    const { digest, size } = descriptor;
    const member = await blobs.find(descriptor);
    if (!member)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${blobs.origin} is incomplete: ${digest} is not in it`);
    const found = { size: member.size, digest: member.size === size ? await member.digest() : digest };
    (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_1__/* .assertSame */ .ZQ)({ digest, size }, found, member.origin);
    return member;
}
async function readManifest(blobs, descriptor) {
    const member = await findBlob(blobs, descriptor);
    const bytes = await (0,_members_js__WEBPACK_IMPORTED_MODULE_7__/* .readMember */ .hd)(member);
    return { descriptor, bytes, manifest: (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseManifest */ .Ng)(bytes, member.origin) };
}
async function isComplete(blobs, { manifest }) {
    for (const child of [manifest.config, ...manifest.layers]) {
        if (!(0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_5__/* .isForeign */ .jq)(child.mediaType) && !(await blobs.find(child)))
            return false;
    }
    return true;
}
async function readNode(blobs, { descriptor, bytes, manifest }) {
    const children = [];
    for (const child of [manifest.config, ...manifest.layers]) {
        if ((0,_oci_media_type_js__WEBPACK_IMPORTED_MODULE_5__/* .isForeign */ .jq)(child.mediaType) && !(await blobs.find(child)))
            continue;
        children.push((0,_content_content_js__WEBPACK_IMPORTED_MODULE_0__/* .leaf */ .V)((0,_members_js__WEBPACK_IMPORTED_MODULE_7__/* .toBlob */ .ZR)(child, await findBlob(blobs, child))));
    }
    return { descriptor: withoutNames(descriptor), open: (0,_content_content_js__WEBPACK_IMPORTED_MODULE_0__/* .openBytes */ .o)(bytes), children };
}
async function readSealedImage(blobs, found, attestations) {
    const member = await findBlob(blobs, found.manifest.config);
    const config = (0,_oci_manifest_js__WEBPACK_IMPORTED_MODULE_4__/* .parseConfig */ .o4)(await (0,_members_js__WEBPACK_IMPORTED_MODULE_7__/* .readMember */ .hd)(member), member.origin);
    checkLayers(config, found, blobs.origin);
    const platform = platformOf(config, found.descriptor, blobs.origin);
    const node = await readNode(blobs, found);
    const manifest = { ...node, descriptor: { ...node.descriptor, platform } };
    return { kind: 'sealed', origin: blobs.origin, platform, manifest, attestations };
}
function checkLayers({ diffIds }, { descriptor, manifest }, origin) {
    const { layers } = manifest;
    if (layers.length !== diffIds.length) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin}: manifest ${descriptor.digest} has ${layers.length} layers, its config ${diffIds.length}`);
    }
    const plain = [_oci_media_type_js__WEBPACK_IMPORTED_MODULE_5__/* .mediaTypes */ .Ib.oci.layer.none, _oci_media_type_js__WEBPACK_IMPORTED_MODULE_5__/* .mediaTypes */ .Ib.docker.layer.none];
    const wrong = layers.findIndex(({ mediaType, digest }, index) => plain.includes(mediaType) && digest !== diffIds[index]);
    if (wrong < 0)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin}: layer ${layers[wrong]?.digest} does not match diffID ${diffIds[wrong]} of its config`);
}
function platformOf(config, { platform, digest }, origin) {
    if (!platform)
        return config.platform;
    if ((0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_6__/* .isSamePlatform */ .SW)(platform, { ...platform, ...config.platform }))
        return platform;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .AlbaError */ .x6('source', `${origin}: the index says that ${digest} is for ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_6__/* .formatPlatform */ .Bq)(platform)}, its config says ${(0,_oci_platform_js__WEBPACK_IMPORTED_MODULE_6__/* .formatPlatform */ .Bq)(config.platform)}`);
}
function withoutNames({ annotations, ...descriptor }) {
    const { [_oci_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .refName */ .P7]: _reference, 'io.containerd.image.name': _name, ...rest } = annotations ?? {};
    return Object.keys(rest).length > 0 ? { ...descriptor, annotations: rest } : descriptor;
}


/***/ }),

/***/ 75109:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ kindOf),
  U8: () => (/* binding */ looksLikeArchive),
  R_: () => (/* binding */ readCompression)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/oci/layout.js
var layout = __webpack_require__(42470);
// EXTERNAL MODULE: ./build/source/compression.js
var compression = __webpack_require__(87774);
;// CONCATENATED MODULE: ./build/source/foreign.js

const expected = 'expected an image archive as docker save writes it, or an OCI layout';
const kinds = [
    ['504b0304', 'a zip', `unpack it; ${expected}`],
    ['7f454c46', 'a program', `${expected} (static push publishes programs)`],
    ['4d5a', 'a program for Windows', `${expected} (static push publishes programs)`],
    ['cffaedfe', 'a program for macOS', `${expected} (static push publishes programs)`],
];
const compressions = [
    ['fd377a585a00', 'xz'],
    ['425a68', 'bzip2'],
    ['04224d18', 'lz4'],
    ['4c5a4950', 'lzip'],
    ['377abcaf271c', '7-Zip'],
];
const headSize = 512;
function refuseForeign(head, origin) {
    if (head.subarray(257, 262).toString('latin1') === 'ustar')
        return;
    const hex = head.subarray(0, 8).toString('hex');
    const [, compression] = compressions.find(([magic]) => hex.startsWith(magic)) ?? [];
    if (compression) {
        throw new errors/* AlbaError */.x6('source', `${origin} is compressed with ${compression}, which is not supported: use gzip, zstd or no compression`);
    }
    const [, what, remedy] = kinds.find(([magic]) => hex.startsWith(magic)) ?? textKind(head) ?? [];
    if (what)
        throw new errors/* AlbaError */.x6('source', `${origin} is not a tar, but ${what}: ${remedy}`);
}
function textKind(head) {
    const isText = head.length > 0 && !/[^\P{Cc}\s]/u.test(head.toString('utf8'));
    if (!isText || !isUtf8Start(head))
        return undefined;
    const isDockerfile = /^\s*(?:#[^\n]*\n\s*)*(?:FROM|ARG)\s/i.test(head.toString('utf8'));
    return isDockerfile
        ? ['', 'a Dockerfile', `build it (docker build), then docker save; ${expected}`]
        : ['', 'a text', expected];
}
function isUtf8Start(head) {
    return !head.toString('utf8').slice(0, -1).includes('\ufffd');
}

// EXTERNAL MODULE: ./build/source/ranges.js
var ranges = __webpack_require__(58632);
;// CONCATENATED MODULE: ./build/source/sniff.js
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







async function kindOf(path) {
    try {
        const found = await (0,promises_.stat)(path);
        if (!found.isDirectory())
            return found.isFile() ? 'file' : 'other';
        return (await exists((0,external_node_path_.join)(path, layout/* layoutName */.UX))) ? 'layout' : 'folder';
    }
    catch (cause) {
        if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes((0,errors/* systemCode */.xU)(cause) ?? ''))
            throw (0,ranges/* readFailure */.f1)(path, cause);
        return (await exists(path)) ? 'dangling' : 'missing';
    }
}
async function looksLikeArchive(path) {
    if (/\.(tar|tgz|tzst|tar\.[a-z0-9]+)$/i.test(path))
        return true;
    const head = await readHead(path, headSize);
    return (0,compression/* compressionOf */.MB)(head) !== 'none' || head.subarray(257, 262).toString('latin1') === 'ustar';
}
async function readCompression(path) {
    const head = await readHead(path, headSize);
    refuseForeign(head, path);
    return (0,compression/* compressionOf */.MB)(head);
}
async function readHead(path, size) {
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const file = __addDisposableResource(env_1, await (0,promises_.open)(path), true);
            const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
            return buffer.subarray(0, bytesRead);
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
    catch (cause) {
        throw (0,ranges/* readFailure */.f1)(path, cause);
    }
}
async function exists(path) {
    return (0,promises_.lstat)(path).then(() => true, () => false);
}


/***/ }),

/***/ 73073:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ fileError)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

const reasons = {
    ENOENT: 'no such file or directory',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENAMETOOLONG: 'the name is too long for this file system',
    EEXIST: 'there is a file, expected a directory',
    ENOTDIR: 'a part of the path is a file, expected a directory',
    EMFILE: 'too many files are open',
};
function fileError(verb, path, cause) {
    if (cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6)
        return cause;
    const reason = reasons[(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .systemCode */ .xU)(cause) ?? ''] ?? (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause);
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `cannot ${verb} ${path}: ${reason}`, { cause });
}


/***/ }),

/***/ 69943:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CL: () => (/* binding */ statIfThere),
/* harmony export */   GG: () => (/* binding */ walk),
/* harmony export */   Z: () => (/* binding */ findObject)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var p_map__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(606);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);
/* harmony import */ var _key_path_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(99417);





const concurrency = 16;
async function findObject(path) {
    const stats = await statIfThere(path);
    if (stats?.isFile())
        return { path, stats };
    if (!stats?.isDirectory())
        return undefined;
    const self = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, _key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .selfName */ .Yh);
    const inside = await statIfThere(self);
    return inside?.isFile() ? { path: self, stats: inside } : undefined;
}
async function statIfThere(path) {
    return ifThere((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path));
}
async function* walk(path, key, listing) {
    const { prefix, shallow, platform } = listing;
    const entries = (await ifThere((0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(path, { withFileTypes: true }))) ?? [];
    const places = entries
        .filter(({ name }) => !(0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .isReserved */ .Bs)(name))
        .flatMap((entry) => placesOf(entry, path, key + (0,_key_path_js__WEBPACK_IMPORTED_MODULE_3__/* .nameOnDisk */ .ah)(entry.name, platform)))
        .filter((place) => place.key.startsWith(prefix) || (place.key.endsWith('/') && prefix.startsWith(place.key)));
    for await (const found of (0,p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapIterable */ .R_)(inOrder(places), inspect, { concurrency })) {
        if (!('path' in found))
            yield found;
        else if (!shallow || prefix.startsWith(found.key))
            yield* walk(found.path, found.key, listing);
    }
}
function placesOf(entry, folder, key) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, entry.name);
    return entry.isFile()
        ? [{ key, path }]
        : [
            { key, path },
            { key: `${key}/`, path },
        ];
}
function inOrder(places) {
    return places
        .map((place) => ({ place, bytes: Buffer.from(place.key) }))
        .sort((a, b) => a.bytes.compare(b.bytes))
        .map(({ place }) => place);
}
async function inspect({ key, path }) {
    if (key.endsWith('/')) {
        return (await statIfThere(path))?.isDirectory() ? { key, path } : p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapSkip */ .QJ;
    }
    const found = await findObject(path);
    return found ? { key, size: found.stats.size, modified: found.stats.mtime } : p_map__WEBPACK_IMPORTED_MODULE_4__/* .pMapSkip */ .QJ;
}
async function ifThere(call) {
    try {
        return await call;
    }
    catch (thrown) {
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(thrown) ?? ''))
            return undefined;
        throw thrown;
    }
}


/***/ }),

/***/ 99531:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ FilesystemStorage)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(46466);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(73136);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(19473);
/* harmony import */ var _file_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(73073);
/* harmony import */ var _file_tree_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(69943);
/* harmony import */ var _key_path_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(99417);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(37477);
/* harmony import */ var _sized_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2029);












class FilesystemStorage {
    url;
    #root;
    #platform;
    constructor(directory, platform = process.platform) {
        this.#root = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(directory);
        this.#platform = platform;
        this.url = (0,node_url__WEBPACK_IMPORTED_MODULE_5__.pathToFileURL)(this.#root).href;
    }
    async head(key) {
        const found = await this.#find(key);
        if (!found)
            return undefined;
        return { key, size: key.endsWith('/') ? 0 : found.stats.size, modified: found.stats.mtime };
    }
    async get(key) {
        const found = await this.#find(key);
        if (!found)
            return undefined;
        if (key.endsWith('/'))
            return node_stream__WEBPACK_IMPORTED_MODULE_3__.Readable.from([]);
        const file = await this.#told('read', key, () => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(found.path));
        return file.createReadStream();
    }
    async put(key, upload) {
        const path = this.#pathOf(key);
        if (key.endsWith('/'))
            return this.#told('make', key, () => (0,_place_js__WEBPACK_IMPORTED_MODULE_10__/* .makeFolder */ .fc)(this.#root, path));
        await this.#told('write', key, () => this.#write(path, async (_temporary, file) => {
            if (upload.size > _sized_js__WEBPACK_IMPORTED_MODULE_11__/* .smallSize */ .JY) {
                await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_4__.pipeline)(await (0,_sized_js__WEBPACK_IMPORTED_MODULE_11__/* .openSized */ .UD)(upload, key), file.createWriteStream());
            }
            else {
                await file.writeFile(await (0,_sized_js__WEBPACK_IMPORTED_MODULE_11__/* .readSized */ .Wu)(upload, key));
                await file.close();
            }
        }));
    }
    async *list(prefix, { shallow = false } = {}) {
        try {
            yield* (0,_file_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .walk */ .GG)(this.#root, '', { prefix, shallow, platform: this.#platform });
        }
        catch (cause) {
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)('list', this.#root, cause);
        }
    }
    async copy(from, to) {
        const missing = new _errors_js__WEBPACK_IMPORTED_MODULE_6__/* .AlbaError */ .x6('target', `cannot copy ${from} in ${this.url}: it is not there`);
        if (!(await this.#find(from)))
            throw missing;
        const path = this.#pathOf(to);
        await this.#told('write', to, () => this.#write(path, async (temporary, file) => {
            await file.close();
            const found = await this.#find(from);
            if (!found)
                throw missing;
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.copyFile)(found.path, temporary, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.COPYFILE_FICLONE);
        }));
    }
    async delete(key) {
        const found = await this.#find(key);
        if (!found)
            return;
        await this.#told('delete', key, async () => {
            if (!key.endsWith('/'))
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(found.path, { force: true });
            await this.#prune(key.endsWith('/') ? found.path : (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(found.path));
        });
    }
    async close() { }
    async #write(path, fill) {
        const temporary = await (0,_place_js__WEBPACK_IMPORTED_MODULE_10__/* .openTemporary */ .gd)(this.#root, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
        try {
            await fill(temporary.path, temporary.file);
            await (0,_place_js__WEBPACK_IMPORTED_MODULE_10__/* .place */ .ik)(temporary.path, path);
        }
        catch (thrown) {
            await temporary.file.close().catch(() => { });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary.path, { force: true });
            throw thrown;
        }
    }
    async #find(key) {
        const path = this.#pathOf(key);
        return this.#told('read', key, async () => {
            if (!key.endsWith('/'))
                return (0,_file_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .findObject */ .Z)(path);
            const stats = await (0,_file_tree_js__WEBPACK_IMPORTED_MODULE_8__/* .statIfThere */ .CL)(path);
            return stats?.isDirectory() ? { path, stats } : undefined;
        });
    }
    async #prune(folder) {
        for (let path = folder; path.length > this.#root.length; path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path)) {
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rmdir)(path);
            }
            catch (thrown) {
                if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'ENOTDIR'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .systemCode */ .xU)(thrown) ?? ''))
                    return;
                throw thrown;
            }
        }
    }
    #pathOf(key) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.#root, (0,_key_path_js__WEBPACK_IMPORTED_MODULE_9__/* .pathOfKey */ .Uk)(key, this.#platform));
    }
    async #told(verb, key, call) {
        try {
            return await call();
        }
        catch (cause) {
            throw (0,_file_error_js__WEBPACK_IMPORTED_MODULE_7__/* .fileError */ .z)(verb, this.#pathOf(key), cause);
        }
    }
}


/***/ }),

/***/ 99417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ isReserved),
/* harmony export */   Uk: () => (/* binding */ pathOfKey),
/* harmony export */   Yh: () => (/* binding */ selfName),
/* harmony export */   ah: () => (/* binding */ nameOnDisk),
/* harmony export */   wd: () => (/* binding */ temporaryPrefix)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);

const selfName = '_self.json';
const temporaryPrefix = '.alba-';
const windowsDevice = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
function isReserved(name) {
    return name === selfName || name.startsWith(temporaryPrefix);
}
function checkKey(key) {
    const names = key.replace(/\/$/, '').split('/');
    if (names.some((name) => ['', '.', '..'].includes(name)) || key.includes('\0')) {
        const expected = 'expected names between single slashes, none of them empty, "." or ".."';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `"${key}" cannot be a file: ${expected}`);
    }
    const reserved = names.find(isReserved);
    if (reserved === undefined)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('target', `"${key}" cannot be a file: the name "${reserved}" is alba's own on disk`);
}
function pathOfKey(key, platform) {
    checkKey(key);
    const names = key.replace(/\/$/, '').split('/');
    return platform === 'win32' ? names.map(escapeName).join('\\') : names.join('/');
}
function nameOnDisk(name, platform) {
    if (platform !== 'win32')
        return name;
    return name.replace(/%([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
function escapeName(name) {
    return (name
        .replace(/[%<>:"|?*\\\u0001-\u001f]/g, escapeCharacter)
        .replace(/[. ]$/, escapeCharacter)
        .replace(windowsDevice, (device) => escapeCharacter(device) + device.slice(1)));
}
function escapeCharacter(text) {
    return `%${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}


/***/ }),

/***/ 77156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ openStorage)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _filesystem_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99531);


async function openStorage(location, options, context) {
    if (location.kind === 'file')
        return new _filesystem_js__WEBPACK_IMPORTED_MODULE_1__/* .FilesystemStorage */ .N((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(options.directory, location.path));
    const { S3Storage } = await Promise.all(/* import() */[__webpack_require__.e(711), __webpack_require__.e(198)]).then(__webpack_require__.bind(__webpack_require__, 75198));
    return new S3Storage(location, options, context);
}


/***/ }),

/***/ 37477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Oh: () => (/* binding */ makeDirectory),
/* harmony export */   fc: () => (/* binding */ makeFolder),
/* harmony export */   gd: () => (/* binding */ openTemporary),
/* harmony export */   ik: () => (/* binding */ place)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(19473);
/* harmony import */ var _key_path_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(99417);







const attempts = 20;
function temporaryPath(folder) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, `${_key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .temporaryPrefix */ .wd}${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}`);
}
function openTemporary(root, folder) {
    return again(['ENOENT'], async () => {
        await makeFolder(root, folder);
        const path = temporaryPath(folder);
        return { path, file: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, 'wx') };
    });
}
async function makeDirectory(path) {
    try {
        await makeOne(path);
    }
    catch (thrown) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(thrown) !== 'ENOENT' || (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path) === path)
            throw thrown;
        await makeDirectory((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path));
        await makeOne(path);
    }
}
async function makeOne(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(path);
    }
    catch (thrown) {
        if (!(await isDirectory(path)))
            throw thrown;
    }
}
async function isDirectory(path) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(path).then((found) => found.isDirectory(), () => false);
}
async function makeFolder(root, folder) {
    await makeDirectory(root);
    await again(['EEXIST', 'ENOTDIR', 'ENOENT'], async () => {
        try {
            await makeDirectory(folder);
        }
        catch (thrown) {
            const inTheWay = await fileAbove(root, folder);
            if (inTheWay)
                await turnIntoFolder(inTheWay);
            throw thrown;
        }
    });
}
async function place(temporary, path) {
    await again(['EISDIR', 'EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES', 'EBUSY'], async () => {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, path);
        }
        catch (thrown) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(temporary, (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(path, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh)).catch(() => {
                throw thrown;
            });
        }
    });
}
async function fileAbove(root, folder) {
    for (let path = folder; path.length > root.length; path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path)) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(path).catch(() => undefined);
        if (found)
            return found.isFile() ? path : undefined;
    }
    return undefined;
}
async function turnIntoFolder(path) {
    const folder = temporaryPath((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path));
    const self = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(self, '');
    const isMoved = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(path, self).then(() => true, () => false);
    if (isMoved)
        await again(['ENOENT'], () => moveFolder(folder, path));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(folder, { recursive: true, force: true });
}
async function moveFolder(folder, path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(folder, path);
    }
    catch {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.copyFile)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh), (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(path, _key_path_js__WEBPACK_IMPORTED_MODULE_6__/* .selfName */ .Yh), node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.COPYFILE_EXCL).catch((thrown) => {
            if (!['EEXIST', 'ENOTDIR'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(thrown) ?? ''))
                throw thrown;
        });
    }
}
async function again(codes, step) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await step();
        }
        catch (thrown) {
            if (attempt === attempts || !codes.includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(thrown) ?? ''))
                throw thrown;
        }
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_4__.setTimeout)(attempt);
    }
}


/***/ }),

/***/ 2029:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JY: () => (/* binding */ smallSize),
/* harmony export */   UD: () => (/* binding */ openSized),
/* harmony export */   Wu: () => (/* binding */ readSized)
/* harmony export */ });
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const smallSize = 1024 * 1024;
async function openSized({ size, open }, key) {
    let seen = 0;
    let held;
    const sized = new node_stream__WEBPACK_IMPORTED_MODULE_0__.Transform({
        transform(chunk, _encoding, done) {
            seen += chunk.length;
            if (seen > size)
                return done(differs(key, size, seen));
            if (held)
                this.push(held);
            held = chunk;
            done();
        },
        flush(done) {
            if (seen < size)
                return done(differs(key, size, seen));
            if (held)
                this.push(held);
            done();
        },
    });
    return (0,node_stream__WEBPACK_IMPORTED_MODULE_0__.pipeline)(await open(), sized, () => { });
}
async function readSized({ size, open }, key) {
    const chunks = [];
    let seen = 0;
    for await (const chunk of (await open())) {
        seen += chunk.length;
        if (seen > size)
            throw differs(key, size, seen);
        chunks.push(chunk);
    }
    if (seen < size)
        throw differs(key, size, seen);
    return Buffer.concat(chunks);
}
function differs(key, size, seen) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${key}: expected ${size} bytes, found ${seen > size ? 'more' : seen}`);
}


/***/ })

};
