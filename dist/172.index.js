export const id = 172;
export const ids = [172];
export const modules = {

/***/ 16172:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  staticPush: () => (/* binding */ staticPush)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/content/format-bytes.js
var format_bytes = __webpack_require__(4613);
// EXTERNAL MODULE: ./build/content/together.js
var together = __webpack_require__(81934);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/release/keys.js
var release_keys = __webpack_require__(35568);
// EXTERNAL MODULE: ./build/oci/digest.js
var digest = __webpack_require__(1564);
// EXTERNAL MODULE: ./build/oci/compare.js
var compare = __webpack_require__(81033);
// EXTERNAL MODULE: ./build/oci/platform.js
var oci_platform = __webpack_require__(44647);
;// CONCATENATED MODULE: ./build/release/nearest.js
const aliases = {
    mac: 'darwin',
    macos: 'darwin',
    osx: 'darwin',
    win: 'windows',
    win32: 'windows',
    win64: 'windows',
    x64: 'amd64',
    x86_64: 'amd64',
    'x86-64': 'amd64',
    i386: '386',
    i486: '386',
    i586: '386',
    i686: '386',
    x86: '386',
    x86_32: '386',
    aarch64: 'arm64',
    armv8: 'arm64',
    armel: 'arm',
    armhf: 'arm',
    armv5: 'arm',
    armv6: 'arm',
    armv6l: 'arm',
    armv7: 'arm',
    armv7l: 'arm',
    loongarch64: 'loong64',
    mipsel: 'mipsle',
    mips64el: 'mips64le',
    ppc64el: 'ppc64le',
    powerpc64le: 'ppc64le',
    riscv: 'riscv64',
    wasm32: 'wasm',
};
function nearest(text, known) {
    const lower = text.toLowerCase();
    const alias = aliases[lower];
    if (alias && known.includes(alias))
        return alias;
    const [best] = known
        .map((name) => ({ name, errors: distance(lower, name) }))
        .sort((a, b) => a.errors - b.errors);
    return best && best.errors <= Math.max(1, Math.floor(best.name.length / 2)) ? best.name : undefined;
}
function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (const [i, letter] of [...a.slice(0, 32)].entries()) {
        const next = [i + 1];
        for (const [j, other] of [...b].entries()) {
            const [above = 0, diagonal = 0, left = 0] = [row[j + 1], row[j], next[j]];
            next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
        }
        row = next;
    }
    return row.at(-1) ?? 0;
}

;// CONCATENATED MODULE: ./build/release/file.js




function pathOf({ platform, path }) {
    return `${platform.os}/${platform.architecture}/${path}`;
}
function compareFiles(a, b) {
    return (0,compare/* compareText */.n)(pathOf(a), pathOf(b));
}
function osProblem(os) {
    if (oci_platform/* operatingSystems */.er.includes(os))
        return undefined;
    if (oci_platform/* architectures */.f2.includes(os)) {
        return `"${os}" is an architecture, but an operating system comes first: <os>/<architecture>/<file>`;
    }
    return `"${os}" is not an operating system as Go names them: ${hint(os, oci_platform/* operatingSystems */.er)}`;
}
function architectureProblem(architecture) {
    if (oci_platform/* architectures */.f2.includes(architecture))
        return undefined;
    return `"${architecture}" is not an architecture as Go names them: ${hint(architecture, oci_platform/* architectures */.f2)}`;
}
function nameProblem(name) {
    if (/\p{Cc}/u.test(name))
        return 'its name has a control character, which no URL or listing carries safely';
    if (/[\p{Cs}\uFFFD-\uFFFF]/u.test(name))
        return 'its name is not valid UTF-8, which keys and JSON are';
    return undefined;
}
const maxFiles = 400_000;
function assertFewFiles(count, origin) {
    if (count <= maxFiles)
        return;
    throw new errors/* AlbaError */.x6('source', `${origin} has more than ${maxFiles} files: more than one release can list`);
}
const maxNames = 1_000_000;
function assertWalkEnds(count, origin) {
    if (count <= maxNames)
        return;
    const why = 'do symbolic links lead to the same folders again and again?';
    throw new errors/* AlbaError */.x6('source', `${origin} has more than ${maxNames} files and folders: ${why}`);
}
function hint(text, known) {
    const meant = nearest(text, known);
    return meant ? `did you mean "${meant}"?` : `known are ${known.join(', ')}`;
}

;// CONCATENATED MODULE: ./build/release/checksums.js


const checksumsName = 'SHA256SUMS';
function checksumsOf(files) {
    const lines = [...files].sort(compareFiles).map((file) => {
        const path = pathOf(file);
        const escaped = path.replaceAll('\\', '\\\\');
        return `${escaped === path ? '' : '\\'}${(0,digest/* hexOf */.ZD)(file.digest)}  ${escaped}\n`;
    });
    return Buffer.from(lines.join(''));
}

// EXTERNAL MODULE: ./node_modules/p-map/index.js
var p_map = __webpack_require__(606);
// EXTERNAL MODULE: ./build/content/count.js
var count = __webpack_require__(87593);
// EXTERNAL MODULE: ./build/storage/bytes.js
var storage_bytes = __webpack_require__(48473);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/oci/descriptor.js
var descriptor = __webpack_require__(46937);
// EXTERNAL MODULE: ./build/oci/manifest.js
var manifest = __webpack_require__(95669);
;// CONCATENATED MODULE: ./build/release/documents.js






const listOf = (schema) => dist/* nullish */.cl6(dist/* array */.YOg(schema), () => []);
const resourceSchema = dist/* looseObject */._H3({
    path: dist/* string */.YjP(),
    size: dist/* exactOptional */.yqP(dist/* pipe */.FsL(dist/* number */.aig(), dist/* safeInteger */.Y2b(), dist/* minValue */.Wwf(0))),
    digest: dist/* exactOptional */.yqP(descriptor/* digestSchema */.er),
    executable: dist/* exactOptional */.yqP(dist/* boolean */.zMY()),
});
const flavorSchema = dist/* looseObject */._H3({
    resources: listOf(resourceSchema),
    platform: dist/* looseObject */._H3({
        architecture: dist/* string */.YjP(),
        os: dist/* string */.YjP(),
        variant: dist/* exactOptional */.yqP(dist/* string */.YjP()),
    }),
});
const tagListSchema = dist/* looseObject */._H3({ name: dist/* string */.YjP(), tags: listOf(dist/* string */.YjP()) });
const tagManifestSchema = dist/* looseObject */._H3({
    flavors: dist/* pipe */.FsL(dist/* nullable */.mee(dist/* array */.YOg(flavorSchema)), dist/* transform */.pdi((flavors) => flavors ?? [])),
});
function parseTagList(bytes, where) {
    return parse(tagListSchema, bytes, `${where}, where the list of tags belongs,`);
}
function parseTagManifest(bytes, where) {
    return parse(tagManifestSchema, bytes, `${where}, where the manifest of a tag belongs,`);
}
function tagManifestOf(files, published) {
    const groups = new Map();
    for (const file of [...files].sort(compareFiles)) {
        const group = groups.get(platformText(file.platform));
        if (group)
            group.push(file);
        else
            groups.set(platformText(file.platform), [file]);
    }
    const flavors = [...groups.values()]
        .sort(([a], [b]) => (a && b ? (0,oci_platform/* comparePlatforms */.UX)(a.platform, b.platform) : 0))
        .map((group) => flavorOf(group, published));
    return { ...published, flavors };
}
function formatJson(document) {
    return Buffer.from(JSON.stringify(document));
}
function flavorOf(files, published) {
    const [first] = files;
    if (!first)
        throw new Error('a platform without files');
    const { os, architecture, variant } = first.platform;
    const known = published?.flavors.find(({ platform }) => platformText(platform) === platformText(first.platform));
    const resources = new Map(known?.resources.map((resource) => [resource.path, resource]));
    return {
        ...known,
        resources: files.map((file) => resourceOf(file, resources.get(file.path))),
        platform: { ...known?.platform, architecture, os, ...(variant && { variant }) },
    };
}
function resourceOf(file, known) {
    const { executable, ...kept } = known?.digest === file.digest ? known : { path: file.path };
    return {
        ...kept,
        path: file.path,
        size: file.size,
        digest: file.digest,
        ...(file.executable && { executable: true }),
    };
}
function platformText({ os, architecture, variant }) {
    return `${os}/${architecture}/${variant ?? ''}`;
}
function parse(schema, bytes, where) {
    try {
        return (0,manifest/* parseJson */.qF)(schema, bytes, where);
    }
    catch (cause) {
        throw new errors/* AlbaError */.x6('target', (0,errors/* messageOf */.bD)(cause), { cause });
    }
}

;// CONCATENATED MODULE: ./build/release/store.js

const maxDocumentSize = 64 * 1024 * 1024;
const cacheControl = 'no-cache';
function readObject(storage, key) {
    return (0,storage_bytes/* readBytes */.io)(storage, key, maxDocumentSize);
}
function writeObject(storage, key, bytes, contentType) {
    return (0,storage_bytes/* putBytes */.h0)(storage, key, bytes, headersOf(contentType));
}
function headersOf(contentType, contentDisposition) {
    return { contentType, cacheControl, ...(contentDisposition && { contentDisposition }) };
}

;// CONCATENATED MODULE: ./build/release/published.js





const concurrency = 16;
async function readTagManifest(storage, release) {
    const key = (0,release_keys/* tagKey */.E4)(release);
    const bytes = await readObject(storage, key);
    return bytes && parseTagManifest(bytes, (0,storage_bytes/* whereIs */.ie)(storage, key));
}
async function readPublished(storage, release) {
    const manifest = await readTagManifest(storage, release);
    return { manifest, digests: manifest ? await heldDigests(storage, release, manifest) : new Map() };
}
async function heldDigests(storage, release, manifest) {
    const claims = claimsOf(release, manifest);
    const held = new Map();
    const document = claims.size > 0 ? await storage.head((0,release_keys/* tagKey */.E4)(release)) : undefined;
    if (!document)
        return held;
    for await (const object of objectsOf(storage, release, claims.keys())) {
        const claim = claims.get(object.key);
        if (claim?.size === object.size && secondOf(object) <= secondOf(document)) {
            held.set(object.key, claim.digest);
        }
    }
    return held;
}
async function* objectsOf(storage, release, keys) {
    let isListed = false;
    for await (const object of storage.list((0,release_keys/* fileKey */.wm)(release, ''))) {
        isListed = true;
        yield object;
    }
    if (isListed)
        return;
    for await (const object of (0,p_map/* pMapIterable */.R_)(keys, (key) => storage.head(key), { concurrency })) {
        if (object)
            yield object;
    }
}
function secondOf({ modified }) {
    return Math.floor(modified.getTime() / 1000);
}
function claimsOf(release, { flavors }) {
    const claims = new Map();
    for (const { platform, resources } of flavors) {
        for (const { path, size, digest } of resources) {
            if (size === undefined || digest === undefined)
                continue;
            claims.set((0,release_keys/* fileKey */.wm)(release, `${platform.os}/${platform.architecture}/${path}`), { size, digest });
        }
    }
    return claims;
}

;// CONCATENATED MODULE: ./build/release/elsewhere.js


const maxReleases = 10;
async function findElsewhere(storage, release, tags, wanted, progress) {
    const found = new Map();
    const missing = new Set(wanted);
    for (const tag of tags.filter((tag) => tag !== release.tag).slice(0, maxReleases)) {
        if (missing.size === 0)
            break;
        const held = await heldBy(storage, { name: release.name, tag }, missing, progress);
        for (const [key, digest] of held) {
            if (missing.delete(digest))
                found.set(digest, key);
        }
    }
    return found;
}
async function heldBy(storage, release, wanted, progress) {
    try {
        const manifest = await readTagManifest(storage, release);
        if (manifest && namesAny(manifest, wanted))
            return await heldDigests(storage, release, manifest);
    }
    catch (failure) {
        progress.debug(`nothing is copied from ${release.name}:${release.tag}: ${(0,errors/* messageOf */.bD)(failure)}`);
    }
    return new Map();
}
function namesAny({ flavors }, wanted) {
    return flavors.some(({ resources }) => resources.some(({ digest }) => digest && wanted.has(digest)));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(57075);
;// CONCATENATED MODULE: ./build/release/measure.js








const measure_concurrency = 8;
const smallSize = 128 * 1024;
const chunkSize = 256 * 1024;
async function measureFiles(found, problems, progress) {
    const measured = await (0,p_map/* default */.Ay)([...found].sort(compareFiles), async (file) => {
        try {
            return [await measure(file, progress)];
        }
        catch (failure) {
            problems.add(`${file.origin}: cannot be read: ${(0,errors/* messageOf */.bD)(failure)}`);
            return [];
        }
    }, { concurrency: measure_concurrency });
    return measured.flat();
}
function measure_opener(file) {
    if (file.size > smallSize)
        return () => external_node_stream_.Readable.from(readLarge(file), { objectMode: false });
    return async () => external_node_stream_.Readable.from([await readSmall(file)], { objectMode: false });
}
async function measure(file, progress) {
    const handle = await (0,promises_.open)(file.location);
    try {
        const { mode, size: expected } = await handle.stat();
        progress.expect(expected);
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const buffer = Buffer.allocUnsafe(Math.min(expected + 1, chunkSize));
        let size = 0;
        for (;;) {
            const { bytesRead } = await handle.read(buffer, 0, buffer.length, size);
            if (bytesRead === 0)
                break;
            hash.update(buffer.subarray(0, bytesRead));
            size += bytesRead;
            progress.advance(bytesRead);
        }
        const digest = `sha256:${hash.digest('hex')}`;
        return { ...file, size, digest, executable: file.executable ?? (mode & 0o111) !== 0 };
    }
    finally {
        await handle.close();
    }
}
async function readSmall(file) {
    const bytes = await (0,promises_.readFile)(file.location).catch((failure) => gone(file, failure));
    check(file, (0,digest/* digestOf */.ol)(bytes), bytes.length);
    return bytes;
}
async function* readLarge(file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    let held;
    const source = (0,external_node_fs_.createReadStream)(file.location, { highWaterMark: chunkSize });
    try {
        for await (const chunk of source) {
            if (held)
                yield held;
            held = chunk;
            hash.update(chunk);
            size += chunk.length;
            if (size > file.size)
                break;
        }
    }
    catch (failure) {
        gone(file, failure);
    }
    check(file, `sha256:${hash.digest('hex')}`, size);
    if (held)
        yield held;
}
function check(file, digest, size) {
    if (digest === file.digest && size === file.size)
        return;
    throw new errors/* AlbaError */.x6('source', `${file.origin} changed while it was published: it had ${file.size} bytes, ${file.digest}, now ${size > file.size ? 'more' : `${size}, ${digest}`}; publish again when nothing writes to it`);
}
function gone(file, cause) {
    throw new errors/* AlbaError */.x6('source', `${file.origin} can no longer be read: ${(0,errors/* messageOf */.bD)(cause)}`, { cause });
}

// EXTERNAL MODULE: ./node_modules/mime/dist/src/index.js + 3 modules
var src = __webpack_require__(15086);
// EXTERNAL MODULE: ./build/storage/encode-key.js
var encode_key = __webpack_require__(71968);
;// CONCATENATED MODULE: ./build/release/media.js


function contentTypeOf(key) {
    return src/* default */.A.getType(key) ?? 'application/octet-stream';
}
function attachmentOf(name) {
    if (/^[\w.-]+$/.test(name))
        return `attachment; filename="${name}"`;
    return `attachment; filename*=UTF-8''${(0,encode_key/* encodeKey */.g)(name)}`;
}

;// CONCATENATED MODULE: ./build/release/delivery.js










const smallFactor = 8;
const mostSmall = 256;
async function planDelivery(storage, release, files, published, tags, progress) {
    const keyed = files.map((file) => ({ file, key: (0,release_keys/* fileKey */.wm)(release, pathOf(file)) }));
    const isHeld = (key, digest) => published.digests.get(key) === digest;
    const wanted = keyed.filter(({ file, key }) => file.size > 0 && !isHeld(key, file.digest));
    const digests = new Set(wanted.map(({ file }) => file.digest));
    const elsewhere = await findElsewhere(storage, release, tags, digests, progress);
    return keyed.map(({ file, key }) => {
        if (isHeld(key, file.digest))
            return { file, key, fate: 'skipped' };
        const from = elsewhere.get(file.digest);
        return from ? { file, key, fate: 'copied', from } : { file, key, fate: 'pushed' };
    });
}
async function deliver(storage, steps, options) {
    const { concurrency, progress, signal } = options;
    for (const { file, fate } of steps)
        if (fate === 'pushed')
            progress.expect(file.size);
    const lane = (isWanted, concurrency) => (0,p_map/* default */.Ay)(steps.filter(isWanted), (step) => take(storage, step, options), { concurrency, signal });
    const isSmall = ({ file }) => file.size <= smallSize;
    const done = await Promise.all([
        lane((step) => !isSmall(step), concurrency),
        lane(isSmall, Math.min(concurrency * smallFactor, mostSmall)),
    ]);
    return done.flat();
}
async function take(storage, step, options) {
    const { file, key, from } = step;
    if (step.fate === 'skipped')
        return step;
    const disposition = options.attachment ? attachmentOf(external_node_path_.posix.basename(key)) : undefined;
    const headers = headersOf(contentTypeOf(key), disposition);
    if (from) {
        try {
            await storage.copy(from, key, headers);
            options.progress.line(`${from} -> ${key}`);
            return step;
        }
        catch (failure) {
            options.progress.debug(`${from} could not be copied: ${(0,errors/* messageOf */.bD)(failure)}`);
            options.progress.expect(file.size);
        }
    }
    const isSmall = file.size <= smallSize;
    const open = isSmall ? measure_opener(file) : (0,count/* counted */.h)(measure_opener(file), options.progress.advance);
    await storage.put(key, { size: file.size, open }, headers);
    if (isSmall)
        options.progress.advance(file.size);
    options.progress.line(`${file.origin} -> ${key}`);
    return { file, key, fate: 'pushed' };
}

// EXTERNAL MODULE: ./build/oci/reference.js
var reference = __webpack_require__(20907);
// EXTERNAL MODULE: ./build/storage/until-it-stands.js
var until_it_stands = __webpack_require__(2962);
// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(62088);
;// CONCATENATED MODULE: ./build/release/order.js


function orderTags(found, present, published) {
    const rank = (tag) => (tag === published ? -2 : present.indexOf(tag));
    const byTime = (a, b) => b.modified.getTime() - a.modified.getTime() || (0,compare/* compareText */.n)(a.tag, b.tag);
    const byRank = (a, b) => rank(a.tag) - rank(b.tag) || byTime(a, b);
    const versions = found.flatMap(({ tag }) => {
        const version = versionOf(tag);
        return version ? [{ tag, version }] : [];
    });
    versions.sort((a, b) => semver.rcompare(a.version, b.version) || (0,compare/* compareText */.n)(b.tag, a.tag));
    const others = found.filter(({ tag }) => !versionOf(tag));
    return [...versions, ...others.sort(byRank)].map(({ tag }) => tag);
}
function versionOf(tag) {
    const [, core = '', rest = ''] = /^v?(\d+(?:\.\d+){1,2})(-.*)?$/.exec(tag) ?? [];
    const full = core.split('.').length === 2 ? `${core}.0` : core;
    return semver.parse(`${full}${rest}`, { loose: true });
}

;// CONCATENATED MODULE: ./build/release/tags.js










const tags_concurrency = 8;
async function readTagList(storage, name) {
    const bytes = await readObject(storage, (0,release_keys/* listKey */.Ux)(name));
    return bytes && parseTagList(bytes, (0,storage_bytes/* whereIs */.ie)(storage, (0,release_keys/* listKey */.Ux)(name)));
}
async function publishTagList(storage, release, progress) {
    let published = release.tag;
    await (0,until_it_stands/* untilItStands */.L)((0,storage_bytes/* whereIs */.ie)(storage, (0,release_keys/* listKey */.Ux)(release.name)), async () => {
        const present = await readTagList(storage, release.name);
        const found = await findTags(storage, release, present?.tags ?? [], progress);
        const tags = orderTags(found, present?.tags ?? [], published);
        if (present && isSame(tags, present.tags))
            return 'stands';
        const list = { ...present, name: release.name, tags };
        await writeObject(storage, (0,release_keys/* listKey */.Ux)(release.name), formatJson(list), 'application/json');
        published = undefined;
        return 'written';
    });
}
async function findTags(storage, release, present, progress) {
    const prefix = `${(0,release_keys/* listKey */.Ux)(release.name)}/`;
    const found = new Map();
    for await (const { key, modified } of storage.list(prefix, { shallow: true })) {
        const tag = key.slice(prefix.length);
        if ((0,reference/* isTag */.dz)(tag) && !(0,release_keys/* isReserved */.Bs)(tag))
            found.set(tag, { tag, modified });
    }
    const known = new Set([...present, release.tag]);
    const strangers = [...found.keys()].filter((tag) => !known.has(tag));
    const names = { name: release.name };
    await (0,p_map/* default */.Ay)(strangers, async (tag) => {
        if (!(await isRelease(storage, { ...names, tag }, progress)))
            found.delete(tag);
    }, { concurrency: tags_concurrency });
    const unlisted = [...known].filter((tag) => (0,reference/* isTag */.dz)(tag) && !found.has(tag));
    const heads = await (0,p_map/* default */.Ay)(unlisted, (tag) => storage.head((0,release_keys/* tagKey */.E4)({ ...names, tag })), { concurrency: tags_concurrency });
    for (const [index, tag] of unlisted.entries()) {
        const head = heads[index];
        if (head)
            found.set(tag, { tag, modified: head.modified });
    }
    return [...found.values()];
}
async function isRelease(storage, release, progress) {
    try {
        return (await readTagManifest(storage, release)) !== undefined;
    }
    catch (failure) {
        progress.debug(`not a tag of ${release.name}: ${(0,errors/* messageOf */.bD)(failure)}`);
        return false;
    }
}
function isSame(a, b) {
    return a.length === b.length && a.every((tag, index) => tag === b[index]);
}

;// CONCATENATED MODULE: ./build/release/publish.js









async function draftRelease(storage, release, files, progress) {
    const published = await readPublished(storage, release);
    const tags = (await readTagList(storage, release.name))?.tags ?? [];
    const manifest = tagManifestOf(files, published.manifest);
    const steps = await planDelivery(storage, release, files, published, tags, progress);
    const isReplacing = published.manifest !== undefined && hasOtherFiles(published.manifest, files);
    return { storage, release, files, manifest, digest: (0,digest/* digestOf */.ol)(formatJson(manifest)), steps, isReplacing };
}
function hasOtherFiles({ flavors }, files) {
    const known = new Map(flavors.flatMap(({ platform, resources }) => resources.map(({ path, digest }) => [`${platform.os}/${platform.architecture}/${path}`, digest])));
    const isKnown = (file) => known.has(pathOf(file)) && (known.get(pathOf(file)) ?? file.digest) === file.digest;
    return known.size !== files.length || !files.every(isKnown);
}
async function sendFiles(draft, options) {
    const { storage, release, files } = draft;
    const steps = await deliver(storage, draft.steps, options);
    const checksums = (0,release_keys/* fileKey */.wm)(release, checksumsName);
    await writeObject(storage, checksums, checksumsOf(files), 'text/plain; charset=utf-8');
    options.progress.line(`checksums -> ${checksums}`);
    return { ...draft, steps };
}
async function publishTag({ storage, release, manifest }, progress) {
    await writeObject(storage, (0,release_keys/* tagKey */.E4)(release), formatJson(manifest), 'application/json');
    progress.line(`tag -> ${(0,release_keys/* tagKey */.E4)(release)}`);
    await publishTagList(storage, release, progress);
    progress.line(`tag list -> ${(0,release_keys/* listKey */.Ux)(release.name)}`);
}

;// CONCATENATED MODULE: ./build/release/page/command.js
function curlLine(path, platform, executable) {
    const name = quote(path.split('/').at(-1) ?? path);
    const isRunnable = executable && platform.os !== 'windows';
    return { before: `curl -fL -o ${name} `, after: isRunnable ? ` && chmod +x ${name}` : '' };
}
function quote(name) {
    const safe = name.startsWith('-') ? `./${name}` : name;
    return /^[\w./+-]+$/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}

;// CONCATENATED MODULE: ./build/release/page/html.js
class Html {
    text;
    constructor(text) {
        this.text = text;
    }
}
const entities = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
};
function html(strings, ...values) {
    const parts = strings.map((text, index) => text + render(values[index]));
    return new Html(parts.join(''));
}
function render(value) {
    if (value === undefined || value === false)
        return '';
    if (value instanceof Html)
        return value.text;
    if (typeof value === 'object')
        return value.map(({ text }) => text).join('');
    return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

;// CONCATENATED MODULE: ./build/release/page/platform-name.js
const systems = {
    aix: 'AIX',
    android: 'Android',
    darwin: 'macOS',
    dragonfly: 'DragonFly BSD',
    freebsd: 'FreeBSD',
    illumos: 'illumos',
    ios: 'iOS',
    js: 'JavaScript',
    linux: 'Linux',
    netbsd: 'NetBSD',
    openbsd: 'OpenBSD',
    plan9: 'Plan 9',
    solaris: 'Solaris',
    wasi: 'WASI',
    wasip1: 'WASI preview 1',
    windows: 'Windows',
};
const machines = {
    '386': 'x86, 32-bit',
    amd64: 'x86, 64-bit',
    arm: 'ARM, 32-bit',
    arm64: 'ARM, 64-bit',
    loong64: 'LoongArch',
    mips: 'MIPS',
    mips64: 'MIPS, 64-bit',
    mips64le: 'MIPS, 64-bit, little-endian',
    mipsle: 'MIPS, little-endian',
    ppc64: 'POWER',
    ppc64le: 'POWER, little-endian',
    riscv64: 'RISC-V',
    s390x: 'IBM Z',
    sparc64: 'SPARC',
    wasm: 'WebAssembly',
};
function namesOf({ os, architecture }) {
    const machine = os === 'darwin' && architecture === 'arm64'
        ? 'Apple silicon'
        : os === 'darwin' && architecture === 'amd64'
            ? 'Intel'
            : nameIn(machines, architecture);
    return { system: nameIn(systems, os), machine };
}
function nameIn(names, key) {
    return Object.hasOwn(names, key) ? (names[key] ?? key) : key;
}

;// CONCATENATED MODULE: ./build/release/page/script.js
const script = `
'use strict';
(async () => {
  const told = document.querySelector('p#told');
  let timer;
  const tell = (text) => {
    told.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { told.textContent = ''; }, 2500);
  };
  const copy = async (code) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(code.textContent);
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (!document.execCommand('copy')) throw new Error();
    selection.removeAllRanges();
  };
  for (const url of document.querySelectorAll('[data-url]')) {
    url.textContent = url.closest('.file').querySelector('a').href;
    url.closest('.copy').hidden = false;
  }
  for (const box of document.querySelectorAll('.copy')) {
    const code = box.querySelector('code');
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-label', box.dataset.label);
    button.addEventListener('click', () => {
      copy(code).then(() => tell('Copied'), () => tell('Could not copy: select the text instead'));
    });
    box.append(button);
  }
  const agent = navigator.userAgent;
  const hints = navigator.userAgentData;
  const os = /Android/.test(agent) ? 'android'
    : /iPhone|iPad/.test(agent) ? 'ios'
    : /Windows/.test(agent) ? 'windows'
    : /Mac OS X/.test(agent) ? 'darwin'
    : (/FreeBSD|OpenBSD|NetBSD|Linux/.exec(agent) || [''])[0].toLowerCase();
  let architecture = /aarch64|arm64/i.test(agent) ? 'arm64'
    : /armv\\d/i.test(agent) ? 'arm'
    : os === 'darwin' ? ''
    : /x86_64|x64|amd64/i.test(agent) ? 'amd64'
    : /i\\d86/.test(agent) ? '386' : '';
  if (hints && hints.getHighEntropyValues) {
    const { architecture: family, bitness } = await hints.getHighEntropyValues(['architecture', 'bitness']).catch(() => ({}));
    const known = { arm64: 'arm64', arm32: 'arm', x8664: 'amd64', x8632: '386' };
    architecture = known[String(family) + bitness] || architecture;
  }
  for (const list of document.querySelectorAll('.platforms')) {
    const rank = ({ dataset }) => (dataset.os !== os ? 2 : dataset.architecture === architecture ? 0 : 1);
    const cards = [...list.children];
    list.append(...cards.sort((a, b) => rank(a) - rank(b)));
    const [first] = cards;
    if (rank(first) > 0) continue;
    first.classList.add('yours');
    const badge = document.createElement('span');
    badge.className = 'badge';
    badge.textContent = 'Your platform';
    first.querySelector('h3').append(badge);
  }
})();
`.trim();

;// CONCATENATED MODULE: ./build/release/page/style.js
const style = `
:root{--ink:#1b1f24;--quiet:#59636e;--paper:#f6f7f9;--card:#fff;--line:#d9dee4;--accent:#0b62c4;--soft:#eaf2fc;--code:#f1f3f6}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--quiet:#9aa5b1;--paper:#101317;--card:#181c22;--line:#2c333c;--accent:#74b3ff;--soft:#15273d;--code:#11151a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,2rem);background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
h1,h2,h3,p,ul{margin:0}
h1{font-size:clamp(1.9rem,6vw,2.8rem);line-height:1.15;letter-spacing:-.02em;overflow-wrap:anywhere}
header p,.quiet,.platform code,.size{color:var(--quiet)}
header{margin-bottom:2rem}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.title{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1rem;margin-bottom:1rem}
.title h2{font-size:1.4rem;overflow-wrap:anywhere}
.badge{padding:.1rem .6rem;border-radius:1rem;background:var(--soft);color:var(--accent);font-size:.8rem;font-weight:600;white-space:nowrap}
.links{margin-left:auto;display:flex;gap:1rem;font-size:.9rem}
h2.quiet{margin:2.5rem 0 .75rem;font-size:1rem;font-weight:600}
.platforms{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,29rem),1fr));align-items:start}
.platform{min-width:0;padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
.platform.yours{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
.platform h3{display:flex;flex-wrap:wrap;align-items:baseline;gap:.1rem .6rem;font-size:1.05rem}
.platform h3 span{font-weight:400}
.platform h3 code{font-size:.8rem;font-weight:400}
.platform h3 .badge{margin-left:auto;font-weight:600}
ul{padding:0;list-style:none}
li.file{margin-top:.9rem;padding-top:.9rem;border-top:1px solid var(--line)}
.file .name{display:flex;justify-content:space-between;gap:1rem;align-items:baseline}
.file .name a{font-weight:600;overflow-wrap:anywhere}
.size{white-space:nowrap;font-size:.9rem;font-variant-numeric:tabular-nums}
.copy{display:flex;align-items:stretch;margin-top:.45rem;border-radius:7px;background:var(--code)}
.copy[hidden]{display:none}
.copy code{flex:1;min-width:0;padding:.3rem .6rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;user-select:all}
code{font:.8rem/1.6 ui-monospace,Menlo,Consolas,monospace}
button{padding:0 .75rem;border:0;border-left:1px solid var(--card);border-radius:0 7px 7px 0;background:none;color:var(--accent);font:600 .8rem/1 system-ui,sans-serif;min-height:2rem;cursor:pointer}
button:hover{background:var(--soft)}
details{margin-top:.5rem;border:1px solid var(--line);border-radius:12px;background:var(--card)}
summary{display:flex;gap:.75rem;align-items:baseline;padding:.8rem 1.25rem;cursor:pointer;overflow-wrap:anywhere}
summary::before{content:"";flex:none;width:.4rem;height:.4rem;border:solid var(--quiet);border-width:0 2px 2px 0;transform:rotate(-45deg)}
details[open]>summary::before{transform:rotate(45deg)}
summary::-webkit-details-marker{display:none}
summary b{font-weight:600}
summary .size{margin-left:auto}
.inside{padding:0 1.25rem 1.25rem}
.inside .title{justify-content:flex-end}
.older{display:flex;flex-wrap:wrap;gap:.4rem 1rem;margin-top:1rem;font-size:.9rem}
.more{margin-top:.9rem;font-size:.9rem;color:var(--quiet)}
p#told{position:fixed;left:50%;bottom:1.25rem;transform:translateX(-50%);padding:.45rem 1rem;border-radius:1.5rem;background:var(--ink);color:var(--paper);font-size:.9rem}
p#told:empty{display:none}
@media print{button,p#told{display:none}.copy code{white-space:normal;overflow-wrap:anywhere}}
`.trim();

;// CONCATENATED MODULE: ./build/release/page/page.js









const page_maxFiles = 100;
const policy = [
    "default-src 'none'",
    `style-src ${sourceOf(style)}`,
    `script-src ${sourceOf(script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
].join('; ');
function formatPage({ name, releases, older, folderUrl }) {
    const [newest, ...folded] = releases;
    const page = html `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="alba${folderUrl && ` ${folderUrl}`}">
<title>${name}: downloads</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<header>
<h1><bdi>${name}</bdi></h1>
<p>Downloads for every platform, with their checksums.</p>
</header>
<main>
${newest && newestRelease(newest, folderUrl)}
${folded.length > 0 && html `<h2 class="quiet">Older releases</h2>\n`}
${folded.map((release) => foldedRelease(release, folderUrl))}
${older.length > 0 && olderReleases(older)}
</main>
<p id="told" role="status"></p>
<script>${new Html(script)}</script>
</body>
</html>
`;
    return Buffer.from(page.text);
}
function parsePage(bytes) {
    const [head = ''] = bytes.toString('utf8').split('<style>', 1);
    const [found, folderUrl] = /^<meta name="generator" content="alba(?: ([^"&<>]+))?">$/m.exec(head) ?? [];
    return found === undefined ? undefined : { folderUrl };
}
function newestRelease({ tag, manifest }, folderUrl) {
    return html `<section aria-labelledby="newest">
<div class="title"><h2 id="newest"><bdi>${tag}</bdi></h2><span class="badge">Latest</span>${links(tag)}</div>
${platforms(tag, manifest, folderUrl)}
</section>`;
}
function foldedRelease({ tag, manifest }, folderUrl) {
    const count = manifest.flavors.length;
    return html `<details id="${tag}"><summary><b><bdi>${tag}</bdi></b> <span class="size">${count} ${count === 1 ? 'platform' : 'platforms'}</span></summary>
<div class="inside"><div class="title">${links(tag)}</div>
${platforms(tag, manifest, folderUrl)}</div></details>
`;
}
function olderReleases(tags) {
    const items = tags.map((tag) => html `<li><a href="./${(0,encode_key/* encodeKey */.g)(tag)}">${tag}</a></li>`);
    return html `<h2 class="quiet">Older still</h2><ul class="older">${items}</ul>`;
}
function links(tag) {
    const folder = `./${(0,encode_key/* encodeKey */.g)(tag)}`;
    return html `<span class="links"><a href="${folder}/SHA256SUMS" aria-label="SHA256SUMS of ${tag}">SHA256SUMS</a><a href="${folder}" aria-label="Manifest of ${tag}">Manifest</a></span>`;
}
function platforms(tag, { flavors }, folderUrl) {
    return html `<div class="platforms">
${flavors.map((flavor) => platformCard(tag, flavor, folderUrl))}</div>`;
}
function platformCard(tag, { platform, resources }, folderUrl) {
    const { system, machine } = namesOf(platform);
    const files = resources.filter(({ path }) => isPlainPath(`${platform.os}/${platform.architecture}/${path}`));
    const shown = files.slice(0, page_maxFiles);
    return html `<section class="platform" data-os="${platform.os}" data-architecture="${platform.architecture}">
<h3>${system} <span>${machine}</span> <code>${(0,oci_platform/* formatPlatform */.Bq)(platform)}</code></h3>
<ul>${shown.map((file) => fileItem(tag, platform, file, folderUrl))}</ul>
${files.length > shown.length && html `<p class="more">and ${files.length - shown.length} more files, all of them in SHA256SUMS</p>`}</section>
`;
}
function fileItem(tag, platform, { path, size, digest, executable }, folderUrl) {
    const relative = (0,encode_key/* encodeKey */.g)(`${tag}/${platform.os}/${platform.architecture}/${path}`);
    const { before, after } = curlLine(path, platform, executable ?? false);
    const url = folderUrl ? html `<span>${folderUrl}/${relative}</span>` : html `<span data-url></span>`;
    return html `<li class="file"><div class="name"><a href="./${relative}" download><bdi>${path}</bdi></a>${size !== undefined && html `<span class="size">${(0,format_bytes/* formatBytes */.z)(size)}</span>`}</div>${digest && html `<div class="copy" data-label="Copy the digest of ${path}"><code>${digest}</code></div>`}<div class="copy" data-label="Copy the curl line for ${path}"${!folderUrl && html ` hidden`}><code>${before}${url}${after}</code></div></li>
`;
}
function isPlainPath(path) {
    return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
function sourceOf(text) {
    return `'sha256-${(0,external_node_crypto_.createHash)('sha256').update(text).digest('base64')}'`;
}

;// CONCATENATED MODULE: ./build/release/publish-page.js







const publish_page_maxReleases = 20;
const maxPages = 5;
const publish_page_concurrency = 8;
async function publishPage(storage, name, publicUrl, progress) {
    await writePage(storage, name, publicUrl && `${publicUrl}/${(0,encode_key/* encodeKey */.g)((0,release_keys/* listKey */.Ux)(name))}`, progress);
}
async function refreshPage(storage, name, progress) {
    const bytes = await readObject(storage, (0,release_keys/* pageKey */.Lt)(name));
    const page = bytes && parsePage(bytes);
    if (page)
        await writePage(storage, name, page.folderUrl, progress);
}
async function writePage(storage, name, folderUrl, progress) {
    const key = (0,release_keys/* pageKey */.Lt)(name);
    let shown;
    for (let round = 0; round < maxPages; round += 1) {
        const tags = (await readTagList(storage, name))?.tags ?? [];
        if (shown && tags.join(' ') === shown.join(' '))
            break;
        const releases = await readReleases(storage, name, tags.slice(0, publish_page_maxReleases));
        const page = formatPage({ name, releases, older: tags.slice(publish_page_maxReleases), folderUrl });
        await writeObject(storage, key, page, 'text/html; charset=utf-8');
        shown = tags;
    }
    progress.line(`page -> ${key}`);
}
async function readReleases(storage, name, tags) {
    const read = async (tag) => {
        const manifest = await readTagManifest(storage, { name, tag });
        return manifest ? [{ tag, manifest }] : [];
    };
    return (await (0,p_map/* default */.Ay)(tags, read, { concurrency: publish_page_concurrency })).flat();
}

// EXTERNAL MODULE: ./build/storage/open.js
var storage_open = __webpack_require__(77156);
// EXTERNAL MODULE: ./build/commands/format.js
var format = __webpack_require__(56956);
// EXTERNAL MODULE: ./build/commands/sum.js
var sum = __webpack_require__(44180);
// EXTERNAL MODULE: ./build/commands/writable.js
var writable = __webpack_require__(51275);
;// CONCATENATED MODULE: ./build/release/check.js


function checkFiles(release, files, problems) {
    const known = new Map();
    for (const file of files) {
        const path = pathOf(file);
        const other = known.get(path);
        const problem = (0,release_keys/* keyProblem */.dD)((0,release_keys/* fileKey */.wm)(release, path));
        if (problem)
            problems.add(`${file.origin}: ${problem}`);
        if (other)
            problems.add(`${other.origin} and ${file.origin} are both ${path}: publish one of them`);
        known.set(path, file);
    }
    for (const file of files) {
        const other = foldersOf(pathOf(file))
            .map((folder) => known.get(folder))
            .find(Boolean);
        if (other)
            problems.add(`${other.origin} is a file where ${file.origin} needs a folder: rename one of them`);
    }
}
function foldersOf(path) {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
;// CONCATENATED MODULE: ./build/release/image-tree.js
const maxHops = 40;
const whiteout = '.wh.';
const opaque = '.wh..wh..opq';
class LinkLoop extends Error {
}
class ImageTree {
    #root = folderOf(-1);
    apply({ name, type, linkname = '', mode }, place) {
        const path = partsOf(name);
        const base = path.pop();
        if (base === undefined)
            return;
        const { layer } = place;
        if (base.startsWith(whiteout)) {
            this.#remove(path, base, layer);
            return;
        }
        const { children } = this.#makeFolder(path, layer);
        if (type === 'directory') {
            const known = children.get(base);
            children.set(base, folderOf(layer, known?.kind === 'folder' ? known.children : undefined));
        }
        else if (type === 'file') {
            children.set(base, { kind: 'file', layer, place, executable: (mode & 0o111) !== 0 });
        }
        else if (type === 'symlink') {
            children.set(base, { kind: 'link', layer, target: linkname });
        }
        else {
            const linked = type === 'link' ? this.#linked(linkname) : undefined;
            children.set(base, linked ? { ...linked, layer } : { kind: 'other', layer });
        }
    }
    resolve(path) {
        return this.#walk(path, undefined);
    }
    #remove(path, base, layer) {
        const folder = this.resolve(path)?.node;
        if (folder?.kind !== 'folder')
            return;
        if (base === opaque)
            hideBelow(folder, layer);
        else
            hide(folder, base.slice(whiteout.length), layer);
    }
    #linked(path) {
        const parts = partsOf(path);
        const base = parts.pop() ?? '';
        const folder = this.resolve(parts)?.node;
        const node = folder?.kind === 'folder' ? folder.children.get(base) : undefined;
        return node?.kind === 'folder' ? undefined : node;
    }
    #makeFolder(path, layer) {
        const node = this.#walk(path, layer)?.node;
        if (node?.kind !== 'folder')
            throw new Error(`no folder was made for ${path.join('/')}`);
        return node;
    }
    #walk(path, layer) {
        let trail = [this.#root];
        let real = [];
        let hops = 0;
        const ahead = [...path].reverse();
        for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
            if (part === '..') {
                trail = trail.length > 1 ? trail.slice(0, -1) : trail;
                real = real.slice(0, -1);
                continue;
            }
            const parent = trail.at(-1) ?? this.#root;
            const node = parent.children.get(part);
            if (node?.kind === 'link') {
                hops += 1;
                if (hops > maxHops)
                    throw new LinkLoop(`more than ${maxHops} symbolic links`);
                if (node.target.startsWith('/'))
                    [trail, real] = [[this.#root], []];
                ahead.push(...partsOf(node.target, true).reverse());
            }
            else if (node?.kind === 'folder') {
                trail.push(node);
                real.push(part);
            }
            else if (layer !== undefined) {
                const made = folderOf(layer);
                parent.children.set(part, made);
                trail.push(made);
                real.push(part);
            }
            else {
                return node && ahead.length === 0 ? { node, real: [...real, part] } : undefined;
            }
        }
        return { node: trail.at(-1) ?? this.#root, real };
    }
}
function partsOf(path, keepParents = false) {
    const parts = [];
    for (const part of path.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part === '..' && !keepParents)
            parts.pop();
        else
            parts.push(part);
    }
    return parts;
}
function folderOf(layer, children = new Map()) {
    return { kind: 'folder', layer, children };
}
function hide(parent, name, layer) {
    const node = parent.children.get(name);
    if (node?.kind === 'folder')
        hideBelow(node, layer);
    const isEmpty = node?.kind !== 'folder' || node.children.size === 0;
    if (node && node.layer < layer && isEmpty)
        parent.children.delete(name);
}
function hideBelow(folder, layer) {
    for (const name of [...folder.children.keys()])
        hide(folder, name, layer);
}

;// CONCATENATED MODULE: ./build/release/image-files.js


function findInImage(tree, wanted, origin, problems) {
    const finder = new Finder(tree, origin, problems);
    finder.find(partsOf(wanted));
    return finder.files;
}
class Finder {
    files = [];
    #tree;
    #origin;
    #problems;
    #reported = 0;
    #met = 0;
    constructor(tree, origin, problems) {
        this.#tree = tree;
        this.#origin = origin;
        this.#problems = problems;
    }
    find(path) {
        this.#visit(path, path.at(-1) ?? '', []);
        if (this.files.length + this.#reported === 0)
            this.#report(path, 'has no file to publish');
    }
    #visit(path, below, parents) {
        this.#met += 1;
        assertWalkEnds(this.#met, this.#origin);
        const { node, real } = this.#resolve(path) ?? {};
        if (!node || !real)
            return;
        if (node.kind === 'other')
            this.#report(path, 'is neither a file nor a folder');
        else if (node.kind === 'file')
            this.#add({ ...node, below, source: `/${path.join('/')}` });
        else if (parents.includes(node))
            this.#report(path, 'is a symbolic link to a folder that it lies in: a loop');
        else
            this.#descend(node, real, parents.length === 0 ? '' : `${below}/`, parents);
    }
    #descend(folder, path, below, parents) {
        for (const name of folder.children.keys()) {
            const problem = nameProblem(name);
            if (problem)
                this.#report([...path, JSON.stringify(name)], problem);
            else
                this.#visit([...path, name], below + name, [...parents, folder]);
        }
    }
    #add({ below, source, place, executable }) {
        this.files.push({ below, source, place, executable });
        assertFewFiles(this.files.length, this.#origin);
    }
    #resolve(path) {
        try {
            const found = this.#tree.resolve(path);
            if (!found)
                this.#report(path, 'is not there, or a symbolic link to something that is not in the image');
            return found;
        }
        catch (failure) {
            if (!(failure instanceof LinkLoop))
                throw failure;
            this.#report(path, 'is a symbolic link that leads back to itself');
            return undefined;
        }
    }
    #report(path, problem) {
        this.#reported += 1;
        this.#problems.add(`${this.#origin}: /${path.join('/')} ${problem}`);
    }
}

// EXTERNAL MODULE: ./build/content/tar.js
var tar = __webpack_require__(52657);
// EXTERNAL MODULE: ./build/content/verify.js
var verify = __webpack_require__(34733);
// EXTERNAL MODULE: ./build/oci/media-type.js
var media_type = __webpack_require__(21507);
// EXTERNAL MODULE: ./build/source/compression.js
var source_compression = __webpack_require__(87774);
;// CONCATENATED MODULE: ./build/release/image-layers.js




function layersOf(image) {
    if (image.kind === 'loose') {
        return image.layers.map(({ diffId, size, open }) => readable(open, { digest: diffId, size }, 'none', `${image.origin}, layer ${diffId}`));
    }
    const [, ...blobs] = image.manifest.children;
    return blobs
        .filter(({ descriptor }) => !(0,media_type/* isForeign */.jq)(descriptor.mediaType))
        .map(({ open, descriptor }) => {
        const { mediaType, digest } = descriptor;
        return readable(open, descriptor, (0,media_type/* compressionOf */.MB)(mediaType), `${image.origin}, layer ${digest}`);
    });
}
function readable(open, expected, compression, origin) {
    return {
        async *entries() {
            const verified = await (0,verify/* openVerified */.p_)(open, expected, origin)();
            yield* (0,tar/* readTar */.s)((0,source_compression/* inflate */.UD)(verified, compression, origin), origin);
        },
    };
}

;// CONCATENATED MODULE: ./build/release/extract.js










const plainVariant = { amd64: 'v1', arm64: 'v8' };
async function extractFiles(images, wanted, folder, problems) {
    const files = [];
    for (const [index, image] of images.entries()) {
        const platform = releasePlatformOf(image, problems);
        if (!platform)
            continue;
        const layers = layersOf(image);
        const found = findInImage(await readTree(layers, image.origin), wanted, image.origin, problems);
        const locate = ({ layer, entry }) => external_node_path_.join(folder, `${index}-${layer}-${entry}`);
        await spool(layers, found, locate);
        for (const { below, source, place, executable } of found) {
            files.push({
                platform,
                path: platform.variant ? `${platform.variant}/${below}` : below,
                origin: `${image.origin}:${source}`,
                location: locate(place),
                executable,
            });
        }
    }
    return files;
}
function releasePlatformOf({ platform, origin }, problems) {
    const { os, architecture, variant } = platform;
    const problem = osProblem(os) ?? architectureProblem(architecture) ?? variantProblem(platform);
    if (problem) {
        problems.add(`${origin}: ${problem}`);
        return undefined;
    }
    const isPlain = variant === undefined || plainVariant[architecture] === variant;
    return { os, architecture, ...(!isPlain && { variant }) };
}
function variantProblem({ architecture, variant }) {
    if (variant === undefined || oci_platform/* variants */.HI[architecture]?.includes(variant))
        return undefined;
    const known = oci_platform/* variants */.HI[architecture]?.join(', ') ?? 'none';
    return `"${variant}" is not a variant of ${architecture}; known: ${known}`;
}
const maxEntries = 2_000_000;
async function readTree(layers, origin) {
    const tree = new ImageTree();
    let entries = 0;
    for (const [layer, readable] of layers.entries()) {
        let entry = 0;
        for await (const header of readable.entries()) {
            tree.apply(header, { layer, entry });
            entry += 1;
            entries += 1;
            if (entries > maxEntries) {
                throw new errors/* AlbaError */.x6('source', `${origin} has more than ${maxEntries} entries in its layers`);
            }
        }
    }
    return tree;
}
async function spool(layers, wanted, locate) {
    const locations = new Set(wanted.map(({ place }) => locate(place)));
    for (const [layer, { entries }] of layers.entries()) {
        if (!wanted.some(({ place }) => place.layer === layer))
            continue;
        let entry = 0;
        for await (const { body } of entries()) {
            const location = locate({ layer, entry });
            if (locations.has(location))
                await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(body), (0,external_node_fs_.createWriteStream)(location));
            entry += 1;
        }
    }
}

// EXTERNAL MODULE: ./node_modules/tinyglobby/dist/index.mjs + 1 modules
var tinyglobby_dist = __webpack_require__(73382);
;// CONCATENATED MODULE: ./build/release/roots.js



async function findTrees(lines, directory, problems) {
    const patterns = lines.map((line) => line.trim()).filter((line) => line !== '');
    const ignore = patterns.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const found = new Set();
    for (const line of patterns.filter((line) => !line.startsWith('!'))) {
        const roots = await expand(line, directory, ignore);
        if (roots.length === 0)
            problems.add(`${line} names no folder in ${directory}`);
        for (const root of roots)
            found.add(root);
    }
    return [...found].sort();
}
async function expand(line, directory, ignore) {
    const root = external_node_path_.resolve(directory, line);
    if (!(0,tinyglobby_dist/* isDynamicPattern */.ey)(line) || (await isThere(root)))
        return [root];
    const options = { cwd: directory, ignore: [...ignore], onlyDirectories: true, expandDirectories: false };
    const folders = await (0,tinyglobby_dist/* glob */.TI)(line, options);
    return folders.map((folder) => external_node_path_.resolve(directory, folder));
}
async function isThere(file) {
    return (0,promises_.stat)(file).then(() => true, () => false);
}

;// CONCATENATED MODULE: ./build/release/tree.js





async function readTrees(roots, directory, problems) {
    const reader = new TreeReader(directory, problems);
    for (const root of roots)
        await reader.readRoot(root);
    return reader.files;
}
class TreeReader {
    files = [];
    #directory;
    #problems;
    #reported = 0;
    #met = 0;
    constructor(directory, problems) {
        this.#directory = directory;
        this.#problems = problems;
    }
    async readRoot(root) {
        const before = this.files.length + this.#reported;
        const folder = await this.#resolve(root, external_node_path_.basename(root), []);
        if (folder?.kind === 'file') {
            return this.#report(root, 'is a file; expected a folder with <os>/<architecture>/<files> in it');
        }
        for (const os of await this.#folders(folder, '<os>/<architecture>/'))
            await this.#readSystem(os);
        if (this.files.length + this.#reported > before)
            return;
        this.#report(root, 'has no file to publish; expected <os>/<architecture>/<files> in it');
    }
    async #readSystem(os) {
        const problem = osProblem(os.name);
        if (problem)
            return this.#report(os.location, problem);
        for (const architecture of await this.#folders(os, '<architecture>/')) {
            await this.#readArchitecture(os.name, architecture);
        }
    }
    async #readArchitecture(os, folder) {
        const architecture = folder.name;
        const problem = architectureProblem(architecture);
        if (problem)
            return this.#report(folder.location, problem);
        for (const entry of await this.#entries(folder)) {
            const isVariant = entry.kind === 'folder' && oci_platform/* variants */.HI[architecture]?.includes(entry.name);
            const platform = { os, architecture, ...(isVariant && { variant: entry.name }) };
            await this.#readEntry(platform, entry, entry.name);
        }
    }
    async #readEntry(platform, entry, below) {
        if (entry.kind === 'file') {
            const { location } = entry;
            this.files.push({ platform, path: below, origin: this.#show(location), location });
            return assertFewFiles(this.files.length, this.#show(location));
        }
        for (const child of await this.#entries(entry)) {
            await this.#readEntry(platform, child, `${below}/${child.name}`);
        }
    }
    async #folders(folder, missing) {
        const entries = folder ? await this.#entries(folder) : [];
        return entries.filter(({ kind, location }) => {
            if (kind === 'file')
                this.#report(location, outsideProblem(location, missing));
            return kind === 'folder';
        });
    }
    async #entries(folder) {
        let names;
        try {
            names = await (0,promises_.readdir)(folder.location, { withFileTypes: true });
        }
        catch (failure) {
            this.#report(folder.location, `cannot be read: ${(0,errors/* messageOf */.bD)(failure)}`);
            return [];
        }
        this.#met += names.length;
        assertWalkEnds(this.#met, this.#show(folder.location));
        const entries = [];
        for (const dirent of names) {
            const entry = await this.#entry(folder, dirent);
            if (entry)
                entries.push(entry);
        }
        return entries;
    }
    async #entry(folder, dirent) {
        const { name } = dirent;
        const location = external_node_path_.join(folder.location, name);
        const problem = nameProblem(name);
        if (problem) {
            this.#report(external_node_path_.join(folder.location, JSON.stringify(name)), problem);
            return undefined;
        }
        if (dirent.isFile())
            return { name, location, kind: 'file', lineage: [] };
        if (dirent.isDirectory()) {
            const [parent = ''] = folder.lineage;
            return { name, location, kind: 'folder', lineage: [external_node_path_.join(parent, name), ...folder.lineage] };
        }
        if (dirent.isSymbolicLink())
            return this.#resolve(location, name, folder.lineage);
        this.#report(location, 'is neither a file nor a folder');
        return undefined;
    }
    async #resolve(location, name, parents) {
        try {
            const target = await (0,promises_.stat)(location);
            if (target.isFile())
                return { name, location, kind: 'file', lineage: [] };
            if (!target.isDirectory())
                throw new Error('it is neither a file nor a folder');
            const real = await (0,promises_.realpath)(location);
            if (parents.includes(real)) {
                throw new Error(`it is a symbolic link to ${real}, a folder that it lies in: a loop`);
            }
            return { name, location, kind: 'folder', lineage: [real, ...parents] };
        }
        catch (failure) {
            this.#report(location, `cannot be published: ${reasonOf(failure, parents.length > 0)}`);
            return undefined;
        }
    }
    #report(location, problem) {
        this.#reported += 1;
        this.#problems.add(`${this.#show(location)}: ${problem}`);
    }
    #show(location) {
        const short = external_node_path_.relative(this.#directory, location);
        return short === '' || short.startsWith('..') || external_node_path_.isAbsolute(short) ? location : short;
    }
}
function outsideProblem(location, missing) {
    const isArchive = /\.(tar|tgz|tar\.[a-z0-9]+)$/i.test(location);
    const remedy = isArchive ? '; to publish the files in an image, say where in it by extract' : '';
    return `lies outside a platform; expected it below ${missing}${remedy}`;
}
function reasonOf(failure, isLink) {
    switch ((0,errors/* systemCode */.xU)(failure)) {
        case 'ENOENT':
            return isLink ? 'it is a symbolic link to something that is not there' : 'there is no such folder';
        case 'ELOOP':
            return 'it is a symbolic link that leads back to itself';
        default:
            return (0,errors/* messageOf */.bD)(failure);
    }
}

// EXTERNAL MODULE: ./build/source/find.js + 1 modules
var find = __webpack_require__(33240);
// EXTERNAL MODULE: ./build/source/open.js + 4 modules
var source_open = __webpack_require__(88607);
// EXTERNAL MODULE: ./build/commands/shown-path.js
var shown_path = __webpack_require__(10480);
;// CONCATENATED MODULE: ./build/commands/static/files.js









async function readStaticFiles(request, temporary, progress) {
    const problems = new errors/* Problems */.Zw();
    const found = await findFiles(request, temporary, problems, progress);
    checkFiles(request.release, found, problems);
    const files = await measureFiles(found, problems, progress);
    problems.throwIfAny('source');
    return files;
}
async function findFiles({ artifacts, directory, extract }, temporary, problems, progress) {
    if (extract === undefined) {
        return readTrees(await findTrees(artifacts, directory, problems), directory, problems);
    }
    const images = [];
    for (const archive of await (0,find/* findArtifacts */.n)(artifacts, directory)) {
        const { images: read } = await (0,source_open/* readArtifact */.R)(archive, { progress });
        images.push(...read.map((image) => ({ ...image, origin: (0,shown_path/* shownPath */.p)(image.origin, directory) })));
    }
    return extractFiles(images, extract, temporary, problems);
}

;// CONCATENATED MODULE: ./build/commands/static/report.js






function staticResultOf(request, drafts) {
    const { release, publicUrl, dryRun } = request;
    const [first] = drafts;
    if (!first)
        throw new Error('a release without a target');
    const key = (0,release_keys/* tagKey */.E4)(release);
    const targets = drafts.map(({ storage, digest, steps }) => {
        const bytes = sizeOf(steps, (fate) => fate === 'pushed');
        return {
            url: (0,storage_bytes/* whereIs */.ie)(storage, key),
            digest,
            pushedBytes: dryRun ? 0 : bytes,
            skippedBytes: sizeOf(steps, (fate) => fate !== 'pushed'),
            missingBytes: dryRun ? bytes : 0,
        };
    });
    return {
        name: release.name,
        tag: release.tag,
        url: publicUrl ? `${publicUrl}/${(0,encode_key/* encodeKey */.g)(key)}` : (0,storage_bytes/* whereIs */.ie)(first.storage, key),
        digest: first.digest,
        platforms: platformsOf(first),
        files: filesOf(first, publicUrl),
        targets,
        pushedBytes: (0,sum/* sum */.c)(targets.map(({ pushedBytes }) => pushedBytes)),
        skippedBytes: (0,sum/* sum */.c)(targets.map(({ skippedBytes }) => skippedBytes)),
        missingBytes: (0,sum/* sum */.c)(targets.map(({ missingBytes }) => missingBytes)),
        dryRun,
    };
}
function filesOf({ files, release }, publicUrl) {
    return files.map((file) => ({
        platform: (0,oci_platform/* formatPlatform */.Bq)(file.platform),
        path: pathOf(file),
        size: file.size,
        digest: file.digest,
        executable: file.executable,
        ...(publicUrl && { url: `${publicUrl}/${(0,encode_key/* encodeKey */.g)((0,release_keys/* fileKey */.wm)(release, pathOf(file)))}` }),
    }));
}
function platformsOf({ files, manifest }) {
    const reports = manifest.flavors.map(({ platform }) => {
        const name = (0,oci_platform/* formatPlatform */.Bq)(platform);
        const own = files.filter((file) => (0,oci_platform/* formatPlatform */.Bq)(file.platform) === name);
        return [name, { files: own.length, size: (0,sum/* sum */.c)(own.map(({ size }) => size)) }];
    });
    return Object.fromEntries(reports);
}
function sizeOf(steps, isWanted) {
    return (0,sum/* sum */.c)(steps.filter(({ fate }) => isWanted(fate)).map(({ file }) => file.size));
}

;// CONCATENATED MODULE: ./build/commands/static/push.js















async function staticPush(request, progress) {
    const { targets, directory, dryRun } = request;
    if (!dryRun)
        await (0,writable/* assertWritable */.Bz)(targets.flatMap((target) => (0,writable/* directoryOf */.jt)(target, directory)));
    const abort = new AbortController();
    const context = { progress, signal: abort.signal };
    const storages = [];
    const temporary = await (0,promises_.mkdtemp)(external_node_path_.join(request.temporaryDirectory, 'alba-'));
    try {
        progress.group('Read files');
        const files = await readStaticFiles(request, temporary, progress);
        progress.group('Compare with the targets');
        for (const target of targets) {
            storages.push(await (0,storage_open/* openStorage */.G)(target, request.connection, context));
        }
        const compare = (storage) => draftRelease(storage, request.release, files, progress);
        const drafts = await (0,together/* together */.b)(storages.map(compare), abort);
        for (const draft of drafts)
            tellPlan(draft, request, progress);
        if (dryRun)
            return staticResultOf(request, drafts);
        progress.group('Publish');
        const options = { ...request, ...context };
        const sent = await (0,together/* together */.b)(drafts.map((draft) => sendFiles(draft, options)), abort);
        await (0,together/* together */.b)(sent.map((draft) => publishTag(draft, progress)), abort);
        await (0,together/* together */.b)(sent.map((draft) => bringPage(draft, request, progress)), abort);
        return staticResultOf(request, sent);
    }
    finally {
        await Promise.allSettled(storages.map((storage) => storage.close()));
        await (0,promises_.rm)(temporary, { recursive: true, force: true });
    }
}
async function bringPage({ storage, release: { name } }, { page, publicUrl }, progress) {
    if (page)
        await publishPage(storage, name, publicUrl, progress);
    else
        await refreshPage(storage, name, progress);
}
const doing = { pushed: 'to send', copied: 'to copy from other releases', skipped: 'there already' };
function tellPlan({ storage, release, steps, isReplacing }, { dryRun, immutable }, progress) {
    const key = (0,release_keys/* tagKey */.E4)(release);
    if (isReplacing && immutable) {
        throw new errors/* AlbaError */.x6('target', `${(0,storage_bytes/* whereIs */.ie)(storage, key)} has other files and, as "immutable" asks, stays so: give this release another tag`);
    }
    if (isReplacing) {
        progress.line(`${storage.url}: ${key} is there with other files: ${dryRun ? 'would be replaced' : 'replaced'}`);
    }
    const parts = ['pushed', 'copied', 'skipped'].flatMap((fate) => {
        const found = steps.filter((step) => step.fate === fate);
        const size = (0,sum/* sum */.c)(found.map(({ file }) => file.size));
        return found.length > 0
            ? `${(0,format/* formatCount */.B)(found.length, 'file')} (${(0,format_bytes/* formatBytes */.z)(size)}) ${doing[fate]}`
            : [];
    });
    progress.line(`${storage.url}: ${parts.join(', ')}`);
    if (!dryRun)
        return;
    for (const { file, key, fate } of steps)
        progress.line(`${file.origin} -> ${key}: ${doing[fate]}`);
}


/***/ }),

/***/ 35568:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BC: () => (/* binding */ parseRelease),
/* harmony export */   Bs: () => (/* binding */ isReserved),
/* harmony export */   E4: () => (/* binding */ tagKey),
/* harmony export */   Lt: () => (/* binding */ pageKey),
/* harmony export */   Ux: () => (/* binding */ listKey),
/* harmony export */   dD: () => (/* binding */ keyProblem),
/* harmony export */   wm: () => (/* binding */ fileKey)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _oci_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(20907);


const root = 'df-dist-v1';
const maxKeyLength = 1024;
function parseRelease(name, tag) {
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseName */ .$q)(name);
    (0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTag */ .ED)(tag);
    if (isReserved(tag)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `the tag "${tag}" is taken by the page of ${name}: choose another`);
    }
    if (name.split('/').some(isReserved)) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `the name "${name}" has a part that pages are called: choose another`);
    }
    return { name, tag };
}
function isReserved(part) {
    return part.toLowerCase() === 'index.html';
}
function listKey(name) {
    return `${root}/${name}`;
}
function tagKey({ name, tag }) {
    return `${root}/${name}/${tag}`;
}
function fileKey(release, path) {
    return `${tagKey(release)}/${path}`;
}
function pageKey(name) {
    return `${root}/${name}/index.html`;
}
function keyProblem(key) {
    const length = Buffer.byteLength(key);
    return length > maxKeyLength
        ? `its key would be ${length} bytes long; buckets take ${maxKeyLength} at most`
        : undefined;
}


/***/ }),

/***/ 48473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h0: () => (/* binding */ putBytes),
/* harmony export */   ie: () => (/* binding */ whereIs),
/* harmony export */   io: () => (/* binding */ readBytes)
/* harmony export */ });
/* harmony import */ var _content_content_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49215);
/* harmony import */ var _content_verify_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(34733);


function whereIs(storage, key) {
    return `${storage.url.replace(/\/$/, '')}/${key}`;
}
async function readBytes(storage, key, limit) {
    const stream = await storage.get(key);
    return stream && (0,_content_verify_js__WEBPACK_IMPORTED_MODULE_1__/* .readCapped */ .EF)(() => stream, whereIs(storage, key), 'target', limit);
}
function putBytes(storage, key, bytes, headers) {
    return storage.put(key, { size: bytes.length, open: (0,_content_content_js__WEBPACK_IMPORTED_MODULE_0__/* .openBytes */ .o)(bytes) }, headers);
}


/***/ }),

/***/ 71968:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ encodeKey)
/* harmony export */ });
function encodeKey(key) {
    return encodeURIComponent(key)
        .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%2F', '/');
}


/***/ }),

/***/ 2962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ untilItStands)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


const rounds = 40;
async function untilItStands(what, round) {
    for (let count = 0; count < rounds; count += 1) {
        if (count > 1)
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(Math.random() * Math.min(20 * count, 500));
        if ((await round()) === 'stands')
            return;
    }
    const remedy = 'other publishers keep changing it; publish again';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('target', `${what} did not settle in ${rounds} rounds: ${remedy}`);
}


/***/ })

};
