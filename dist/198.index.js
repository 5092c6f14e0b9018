export const id = 198;
export const ids = [198];
export const modules = {

/***/ 88740:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ retrying)
/* harmony export */ });
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(78474);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19473);



async function retrying(work, { retries, progress, signal, passesAfter, explain }) {
    (0,node_events__WEBPACK_IMPORTED_MODULE_0__.setMaxListeners)(0, signal);
    for (let attempt = 1;; attempt += 1) {
        try {
            return await work(attempt);
        }
        catch (failure) {
            const explained = explain ? explain(failure) : failure;
            const least = passesAfter(failure) ?? Number.POSITIVE_INFINITY;
            if (signal.aborted || attempt > retries.count || least > retries.longestDelay)
                throw explained;
            progress.warn(`retry ${attempt} of ${retries.count}: ${(0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(explained)}`);
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_1__.setTimeout)(least + backoff(attempt, retries), undefined, { signal }).catch(() => {
                throw explained;
            });
        }
    }
}
function backoff(attempt, { firstDelay, longestDelay }) {
    return Math.min(longestDelay, firstDelay * 2 ** (attempt - 1) * (1 + Math.random()));
}


/***/ }),

/***/ 58865:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sf: () => (/* binding */ isPrivateHost),
/* harmony export */   cW: () => (/* binding */ isLoopbackHost),
/* harmony export */   km: () => (/* binding */ publicLookup),
/* harmony export */   y0: () => (/* binding */ resolvesToPrivate)
/* harmony export */ });
/* harmony import */ var node_dns__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(40610);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77030);


const loopback = new node_net__WEBPACK_IMPORTED_MODULE_1__.BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');
const internal = new node_net__WEBPACK_IMPORTED_MODULE_1__.BlockList();
for (const [network, bits] of [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
]) {
    internal.addSubnet(network, bits);
}
internal.addAddress('::', 'ipv6');
internal.addAddress('::1', 'ipv6');
internal.addSubnet('fc00::', 7, 'ipv6');
internal.addSubnet('fe80::', 10, 'ipv6');
function isListed(list, address) {
    const family = (0,node_net__WEBPACK_IMPORTED_MODULE_1__.isIP)(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
function bare(hostname) {
    return hostname.replace(/^\[|\]$/g, '');
}
function isLocalName(hostname) {
    return hostname === 'localhost' || hostname.endsWith('.localhost');
}
function isLoopbackHost(hostname) {
    return isLocalName(hostname) || isListed(loopback, bare(hostname));
}
function isPrivateHost(hostname) {
    return isLocalName(hostname) || isListed(internal, bare(hostname));
}
function resolvesToPrivate(hostname) {
    if (isPrivateHost(hostname))
        return Promise.resolve(true);
    return new Promise((resolve) => {
        (0,node_dns__WEBPACK_IMPORTED_MODULE_0__.lookup)(bare(hostname), { all: true }, (error, found) => {
            resolve(!error && found.some(({ address }) => isListed(internal, address)));
        });
    });
}
const publicLookup = (hostname, options, callback) => {
    (0,node_dns__WEBPACK_IMPORTED_MODULE_0__.lookup)(hostname, { ...options, all: true }, (error, found = []) => {
        const refused = found.find(({ address }) => isListed(internal, address));
        const failure = error ?? (refused && new Error(`${hostname} is ${refused.address}, an address in a private network`));
        const [first] = found;
        if (failure || !first)
            callback(failure ?? new Error(`${hostname} has no address`), '', 0);
        else if (options.all)
            callback(null, found);
        else
            callback(null, first.address, first.family);
    });
};


/***/ }),

/***/ 87281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ trusting)
/* harmony export */ });
/* harmony import */ var node_tls__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(41692);

function trusting(ca) {
    return ca ? { ca: [...systemRoots(), ca] } : {};
}
function systemRoots() {
    const ask = node_tls__WEBPACK_IMPORTED_MODULE_0__.getCACertificates;
    return ask?.('default') ?? node_tls__WEBPACK_IMPORTED_MODULE_0__.rootCertificates;
}


/***/ }),

/***/ 88637:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58865);


function proxyFor(url, { http, https, no = '' }) {
    const proxy = url.protocol === 'https:' ? https : http;
    if (!proxy || isDirect(url, no))
        return undefined;
    const text = proxy.includes('://') ? proxy : `http://${proxy}`;
    if (URL.canParse(text))
        return new URL(text);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', 'the proxy is not a URL: expected http://host:port');
}
function isDirect(url, noProxy) {
    if ((0,_address_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopbackHost */ .cW)(url.hostname))
        return true;
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    const names = noProxy
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean);
    return names.some((name) => {
        const [host, only = port] = name.replace(/^\*?\./, '').split(':');
        return only === port && (host === '*' || `.${url.hostname}`.endsWith(`.${host}`));
    });
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

/***/ 75198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  S3Storage: () => (/* binding */ S3Storage)
});

// EXTERNAL MODULE: ./node_modules/@aws-sdk/client-s3/dist-cjs/index.js
var dist_cjs = __webpack_require__(53711);
// EXTERNAL MODULE: ./build/content/retry.js
var retry = __webpack_require__(88740);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/storage/encode-key.js
var encode_key = __webpack_require__(71968);
// EXTERNAL MODULE: ./build/storage/sized.js
var sized = __webpack_require__(2029);
;// CONCATENATED MODULE: ./build/storage/s3-body.js

async function withBody(upload, key, send) {
    const abort = new AbortController();
    if (upload.size <= sized/* smallSize */.JY)
        return send(await (0,sized/* readSized */.Wu)(upload, key), abort.signal);
    const stream = await (0,sized/* openSized */.UD)(upload, key);
    let failure;
    stream.once('error', (thrown) => {
        failure = thrown;
        abort.abort();
    });
    try {
        return await send(stream, abort.signal);
    }
    catch (thrown) {
        throw failure ?? thrown;
    }
    finally {
        stream.destroy();
    }
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
// EXTERNAL MODULE: ./build/network/certificates.js
var certificates = __webpack_require__(87281);
// EXTERNAL MODULE: ./build/network/proxy.js
var network_proxy = __webpack_require__(88637);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __webpack_require__(41692);
;// CONCATENATED MODULE: ./build/storage/tunnel.js




const timeout = 15_000;
class TunnelAgent extends external_node_https_.Agent {
    #proxy;
    constructor(proxy, options) {
        super(options);
        if (proxy.protocol !== 'http:') {
            throw new errors/* AlbaError */.x6('usage', 'HTTPS_PROXY is not the URL of an http proxy: expected http://host:port');
        }
        this.#proxy = proxy;
    }
    createConnection(options, connected) {
        const { username, password, hostname, port } = this.#proxy;
        const target = `${options.host}:${options.port}`;
        const login = [username, password].map(decodeURIComponent).join(':');
        const fail = (why, cause) => {
            const told = `cannot reach ${target} through the proxy ${hostname}: ${why}`;
            connected(new errors/* AlbaError */.x6('target', told, { cause }), undefined);
        };
        const request = external_node_http_.request({
            method: 'CONNECT',
            host: hostname,
            port: port || 80,
            path: target,
            timeout,
            headers: {
                host: target,
                ...(username && { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
            },
        });
        request.once('connect', ({ statusCode }, socket) => {
            if (statusCode === 200)
                return connected(null, external_node_tls_.connect({ ...options, socket }));
            socket.destroy();
            fail(`it answered ${statusCode}`);
        });
        request.once('timeout', () => request.destroy(new Error('it did not answer')));
        request.once('error', (cause) => fail(cause.message, cause));
        request.end();
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/storage/s3-client.js






const connectTimeout = 15_000;
const idleTimeout = 120_000;
function createClient(location, options) {
    const { region, profile, endpoint, accelerate, dualstack, fips } = location;
    return new dist_cjs/* S3Client */.YxF({
        ...(region && { region }),
        ...(profile && { profile }),
        ...(endpoint && { endpoint }),
        ...(accelerate && { useAccelerateEndpoint: true }),
        ...(dualstack && { useDualstackEndpoint: true }),
        ...(fips && { useFipsEndpoint: true }),
        ...(location.anonymous && unsigned),
        forcePathStyle: location.pathStyle,
        requestChecksumCalculation: 'WHEN_REQUIRED',
        responseChecksumValidation: 'WHEN_REQUIRED',
        maxAttempts: 1,
        logger: silent,
        requestHandler: {
            connectionTimeout: connectTimeout,
            socketTimeout: idleTimeout,
            httpAgent: new external_node_http_.Agent({ keepAlive: true }),
            httpsAgent: createHttpsAgent(endpoint, options),
        },
    });
}
const silent = { debug() { }, info() { }, warn() { }, error() { } };
const unsigned = {
    credentials: { accessKeyId: '', secretAccessKey: '' },
    signer: { sign: async (request) => request },
};
function createHttpsAgent(endpoint, { ca, proxies }) {
    const trust = { keepAlive: true, ...(0,certificates/* trusting */.h)(ca) };
    const url = new URL(endpoint ?? 'https://amazonaws.com');
    const proxy = url.protocol === 'https:' ? (0,network_proxy/* proxyFor */.i)(url, proxies ?? {}) : undefined;
    return proxy ? new TunnelAgent(proxy, trust) : new external_node_https_.Agent(trust);
}

;// CONCATENATED MODULE: ./build/storage/s3-error.js

function codeOf(thrown) {
    return thrown instanceof Error ? thrown.name : '';
}
function statusOf(thrown) {
    const metadata = thrown?.$metadata;
    return metadata?.httpStatusCode;
}
function isTransient(thrown) {
    if (thrown instanceof errors/* AlbaError */.x6)
        return false;
    const status = statusOf(thrown);
    return ((status !== undefined && (status >= 500 || status === 429 || status === 408) && status !== 501) ||
        transientCodes.has(codeOf(thrown)) ||
        transientCodes.has((0,errors/* systemCode */.xU)(thrown) ?? ''));
}
const transientCodes = new Set([
    ...['RequestTimeout', 'RequestTimeTooSkewed', 'SlowDown', 'TooManyRequests', 'Throttling'],
    ...['ThrottlingException', 'OperationAborted', 'ConditionalRequestConflict', 'TimeoutError'],
    ...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'],
]);
const badKeys = new Set([
    'InvalidAccessKeyId',
    'SignatureDoesNotMatch',
    'InvalidToken',
    'ExpiredToken',
    'TokenRefreshRequired',
]);
function s3Error(request, location, cause) {
    if (cause instanceof errors/* AlbaError */.x6)
        return cause;
    const { code, why } = explain(request, location, cause);
    return new errors/* AlbaError */.x6(code, `cannot ${request.what} in ${location.url}: ${why}`, { cause });
}
function explain({ right }, location, cause) {
    const code = codeOf(cause);
    const server = location.endpoint ?? 'AWS';
    if (code === 'NoSuchBucket') {
        const why = `there is no bucket "${location.bucket}" at ${server}: create it or correct the name`;
        return { code: 'target', why };
    }
    if (badKeys.has(code)) {
        const why = `${server} does not know the access key or its secret (${code}): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile`;
        return { code: 'auth', why };
    }
    if (code === 'CredentialsProviderError') {
        const why = 'no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a ?profile=, or say ?anonymous=true';
        return { code: 'auth', why };
    }
    return explainPlace(location, cause) ?? explainAnswer(right, location, cause);
}
function explainPlace(location, cause) {
    const server = location.endpoint ?? 'AWS';
    const message = (0,errors/* messageOf */.bD)(cause);
    if (/region is missing/i.test(message)) {
        return { code: 'usage', why: 'no region is given: add ?region= to the URL or set AWS_REGION' };
    }
    const region = ['AuthorizationHeaderMalformed', 'PermanentRedirect', 'IllegalLocationConstraintException'];
    if (region.includes(codeOf(cause)) || statusOf(cause) === 301) {
        const named = cause.Region ?? /expecting '([\w-]+)'/.exec(message)?.[1];
        const hint = named ? `it is in "${named}"` : 'the bucket is in another one';
        return { code: 'target', why: `the region is wrong, ${hint}: correct ?region= or AWS_REGION` };
    }
    if (/Deserialization error/.test(message)) {
        const why = `${server} did not answer as an S3 server does: check ?endpoint=`;
        return { code: 'target', why };
    }
    const failed = (0,errors/* systemCode */.xU)(cause) ?? (codeOf(cause) === 'TimeoutError' ? 'it does not answer' : undefined);
    if (failed === undefined)
        return undefined;
    return { code: 'target', why: `${server} cannot be reached (${failed})${placeHint(failed, location)}` };
}
function placeHint(failed, { bucket, endpoint, pathStyle }) {
    if (failed === 'ENOTFOUND' && endpoint && !pathStyle) {
        const host = `${bucket}.${new URL(endpoint).host}`;
        return `: there may be no host ${host}; add ?s3ForcePathStyle=true to name the bucket in the path`;
    }
    if (/CERT|SIGNATURE|ISSUER/.test(failed))
        return ': give the certificate of its authority';
    if (/^(EPROTO|ERR_SSL)/.test(failed))
        return ': if it speaks plain http, write ?endpoint=http://…';
    return '';
}
function explainAnswer(right, { endpoint }, cause) {
    const code = codeOf(cause);
    const status = statusOf(cause);
    if (status === 401 || status === 403 || code === 'AccessDenied') {
        const why = `no permission: it takes ${right}, and the right keys`;
        return { code: 'auth', why };
    }
    const server = endpoint ?? 'AWS';
    const said = code === (0,errors/* messageOf */.bD)(cause) ? code : `${code}: ${(0,errors/* messageOf */.bD)(cause)}`;
    return { code: 'target', why: `${server} answered ${status ?? ''} ${said}`.slice(0, 400) };
}

// EXTERNAL MODULE: ./node_modules/p-map/index.js
var p_map = __webpack_require__(606);
;// CONCATENATED MODULE: ./build/storage/s3-multipart.js




const MiB = 1024 * 1024;
const smallestPart = 8 * MiB;
const maxParts = 10_000;
const partsAtOnce = 2;
function partSizeOf(size) {
    return Math.max(smallestPart, Math.ceil(size / maxParts / MiB) * MiB);
}
async function uploadInParts(upload, multipart) {
    const { client, object, retry } = multipart;
    const { UploadId } = await retry(() => client.send(new dist_cjs/* CreateMultipartUploadCommand */.nG4(object)));
    const session = { Bucket: object.Bucket, Key: object.Key, UploadId };
    try {
        const parts = await sendParts(upload, session, multipart);
        await complete(parts, session, upload.size, multipart);
    }
    catch (thrown) {
        await retry(() => client.send(new dist_cjs/* AbortMultipartUploadCommand */.tfP(session))).catch(() => { });
        throw thrown;
    }
}
async function sendParts(upload, session, { client, key, retry }) {
    const partSize = partSizeOf(upload.size);
    const abort = new AbortController();
    const sent = [];
    const bodies = untilAborted(partsOf(await (0,sized/* openSized */.UD)(upload, key), partSize, sent), abort);
    const send = async (Body, PartNumber) => {
        const command = new dist_cjs/* UploadPartCommand */.iVK({ ...session, PartNumber, Body, ContentLength: Body.length });
        const { ETag } = await retry(() => client.send(command, { abortSignal: abort.signal }));
        sent.push(Body);
        return { PartNumber, ETag };
    };
    const parts = await (0,p_map/* default */.Ay)(bodies, (body, index) => send(body, index + 1).catch((failure) => abort.abort(failure)), { concurrency: partSize > 32 * MiB ? 1 : partsAtOnce });
    abort.signal.throwIfAborted();
    return parts.filter((part) => part !== undefined);
}
async function* untilAborted(source, abort) {
    try {
        for await (const item of source) {
            if (abort.signal.aborted)
                return;
            yield item;
        }
    }
    catch (failure) {
        abort.abort(failure);
    }
}
async function complete(parts, session, size, { client, retry, sizeThere }) {
    const command = new dist_cjs/* CompleteMultipartUploadCommand */.Gym({ ...session, MultipartUpload: { Parts: parts } });
    await retry(async (attempt) => {
        try {
            await client.send(command);
        }
        catch (thrown) {
            const isDone = attempt > 1 && codeOf(thrown) === 'NoSuchUpload' && (await sizeThere()) === size;
            if (!isDone)
                throw thrown;
        }
    });
}
async function* partsOf(stream, partSize, sent) {
    let part;
    let filled = 0;
    for await (const chunk of stream) {
        for (let taken = 0; taken < chunk.length;) {
            part ??= sent.pop() ?? Buffer.allocUnsafeSlow(partSize);
            const piece = chunk.subarray(taken, taken + partSize - filled);
            part.set(piece, filled);
            taken += piece.length;
            filled += piece.length;
            if (filled < partSize)
                continue;
            yield part;
            part = undefined;
            filled = 0;
        }
    }
    if (part)
        yield part.subarray(0, filled);
}

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(38321);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/storage/s3-sign.js

const algorithm = 'AWS4-HMAC-SHA256';
const keys = new Map();
const maxKeys = 16;
function sign(request, signer, now) {
    const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const scope = `${time.slice(0, 8)}/${signer.region}/s3/aws4_request`;
    const contentDigest = sha256(request.body);
    const headers = {
        ...request.headers,
        'x-amz-content-sha256': contentDigest,
        'x-amz-date': time,
        ...(signer.sessionToken && { 'x-amz-security-token': signer.sessionToken }),
    };
    const names = Object.keys(headers).sort();
    const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
    const signed = names.join(';');
    const canonical = [request.method, request.path, '', lines.join(''), signed, contentDigest].join('\n');
    const text = [algorithm, time, scope, sha256(canonical)].join('\n');
    const signature = hmac(keyOf(signer, time.slice(0, 8)), text).toString('hex');
    const credential = `${signer.accessKeyId}/${scope}`;
    headers.authorization = `${algorithm} Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
    return headers;
}
function keyOf({ secretAccessKey, region }, day) {
    const id = sha256(`${secretAccessKey}\n${region}\n${day}`);
    const known = keys.get(id);
    if (known)
        return known;
    if (keys.size >= maxKeys)
        keys.clear();
    const key = [day, region, 's3', 'aws4_request'].reduce(hmac, `AWS4${secretAccessKey}`);
    keys.set(id, key);
    return key;
}
function hmac(key, text) {
    return (0,external_node_crypto_.createHmac)('sha256', key).update(text).digest();
}
function sha256(data) {
    return (0,external_node_crypto_.createHash)('sha256').update(data).digest('hex');
}

;// CONCATENATED MODULE: ./build/storage/s3-small.js




const requestSchema = dist/* object */.Ikc({
    method: dist/* literal */.euz('PUT'),
    protocol: dist/* string */.YjP(),
    hostname: dist/* string */.YjP(),
    port: dist/* optional */.lqM(dist/* number */.aig()),
    path: dist/* string */.YjP(),
    headers: dist/* object */.Ikc({ authorization: dist/* string */.YjP() }),
});
const inputSchema = dist/* object */.Ikc({ Key: dist/* string */.YjP() });
const scope = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([^/]+)\/s3\/aws4_request,/;
class SmallPuts {
    #client;
    #address;
    constructor(client) {
        this.#client = client;
        client.middlewareStack.add((next) => (args) => {
            if (!this.#address)
                this.#address = addressOf(args);
            return next(args);
        }, { step: 'finalizeRequest', priority: 'low' });
    }
    async put(object, body) {
        if (!this.#address)
            return false;
        const { base, region, ...address } = this.#address;
        const { config } = this.#client;
        const path = base + (0,encode_key/* encodeKey */.g)(object.Key ?? '');
        const host = address.port === undefined ? address.hostname : `${address.hostname}:${address.port}`;
        const signer = { ...(await config.credentials()), region };
        const now = new Date(Date.now() + config.systemClockOffset);
        const signed = sign({ method: 'PUT', path, headers: { ...headersOf(object), host }, body }, signer, now);
        const request = {
            ...address,
            method: 'PUT',
            path,
            query: {},
            headers: { ...signed, 'content-length': String(body.length) },
            body,
        };
        const { response } = await config.requestHandler.handle(request);
        const answer = await (0,consumers_.text)(response.body);
        if (response.statusCode !== 200)
            throw errorOf(response.statusCode, answer);
        return true;
    }
}
function headersOf(object) {
    const { CacheControl, ContentDisposition, ServerSideEncryption, SSEKMSKeyId } = object;
    return {
        'content-type': object.ContentType ?? 'application/octet-stream',
        ...(CacheControl && { 'cache-control': CacheControl }),
        ...(ContentDisposition && { 'content-disposition': ContentDisposition }),
        ...(ServerSideEncryption && { 'x-amz-server-side-encryption': ServerSideEncryption }),
        ...(SSEKMSKeyId && { 'x-amz-server-side-encryption-aws-kms-key-id': SSEKMSKeyId }),
    };
}
function addressOf({ input, request }) {
    const given = dist/* safeParse */.xLC(inputSchema, input);
    const sent = dist/* safeParse */.xLC(requestSchema, request);
    if (!given.success || !sent.success)
        return undefined;
    const { protocol, hostname, port, path, headers } = sent.output;
    const region = scope.exec(headers.authorization)?.[1];
    const key = (0,encode_key/* encodeKey */.g)(given.output.Key);
    if (region === undefined || !path.endsWith(`/${key}`))
        return undefined;
    return { protocol, hostname, port, region, base: path.slice(0, -key.length) };
}
function errorOf(status, answer) {
    const [code, message] = ['Code', 'Message'].map((name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer)?.[1]);
    const error = new Error(message ?? `status ${status}`);
    return Object.assign(error, { name: code ?? 'UnknownError', $metadata: { httpStatusCode: status } });
}

;// CONCATENATED MODULE: ./build/storage/s3.js









const singlePut = 64 * 1024 * 1024;
const mostPages = 10_000;
const defaultRetries = { count: 6, firstDelay: 200, longestDelay: 5_000 };
class S3Storage {
    url;
    #client;
    #small;
    #location;
    #context;
    #retries;
    constructor(location, options, context, retries = defaultRetries) {
        this.url = location.url;
        this.#client = createClient(location, options);
        this.#small = new SmallPuts(this.#client);
        this.#location = location;
        this.#context = context;
        this.#retries = retries;
    }
    async head(key) {
        const found = await this.#ask('look at', key, 's3:GetObject and s3:ListBucket', () => ifThere(this.#client.send(new dist_cjs/* HeadObjectCommand */.l81(this.#at(key)))));
        if (!found)
            return undefined;
        return { key, size: found.ContentLength ?? 0, modified: found.LastModified ?? new Date(0) };
    }
    async get(key) {
        const found = await this.#ask('read', key, 's3:GetObject and s3:ListBucket', () => ifThere(this.#client.send(new dist_cjs/* GetObjectCommand */.jLs(this.#at(key)))));
        return found?.Body;
    }
    async put(key, upload, headers) {
        const object = { ...this.#at(key), ...this.#encryption(), ...s3_headersOf(headers) };
        const retry = (step) => this.#ask('write', key, 's3:PutObject', step);
        if (upload.size > singlePut) {
            const sizeThere = async () => (await this.head(key))?.size;
            return uploadInParts(upload, { client: this.#client, key, object, retry, sizeThere });
        }
        await retry(() => withBody(upload, key, async (Body, abortSignal) => {
            const isPut = Buffer.isBuffer(Body) && (await this.#small.put(object, Body));
            if (isPut)
                return;
            const command = new dist_cjs/* PutObjectCommand */.wKZ({ ...object, Body, ContentLength: upload.size });
            await this.#client.send(command, { abortSignal });
        }));
    }
    async *list(prefix, { shallow } = {}) {
        let ContinuationToken;
        for (let pages = 1;; pages += 1) {
            const page = await this.#ask('list', prefix, 's3:ListBucket', () => this.#client.send(new dist_cjs/* ListObjectsV2Command */.u6x({
                Bucket: this.#location.bucket,
                Prefix: this.#location.prefix + prefix,
                ContinuationToken,
                ...(shallow && { Delimiter: '/' }),
            })));
            for (const { Key, Size, LastModified } of page.Contents ?? []) {
                if (Key === undefined)
                    continue;
                const key = Key.slice(this.#location.prefix.length);
                yield { key, size: Size ?? 0, modified: LastModified ?? new Date(0) };
            }
            const next = page.NextContinuationToken;
            if (!next)
                return;
            if (next === ContinuationToken || pages === mostPages) {
                const why = `the list does not end after ${pages} pages`;
                throw new errors/* AlbaError */.x6('target', `cannot list ${prefix} in ${this.url}: ${why}`);
            }
            ContinuationToken = next;
        }
    }
    async copy(from, to, headers) {
        const { Bucket, Key } = this.#at(from);
        const CopySource = (0,encode_key/* encodeKey */.g)(`${Bucket}/${Key}`);
        await this.#ask(`copy ${from} to`, to, 's3:GetObject and s3:PutObject', () => this.#client.send(new dist_cjs/* CopyObjectCommand */.s9Z({
            ...this.#at(to),
            ...this.#encryption(),
            ...s3_headersOf(headers),
            CopySource,
            MetadataDirective: 'REPLACE',
        })));
    }
    async delete(key) {
        await this.#ask('delete', key, 's3:DeleteObject', () => ifThere(this.#client.send(new dist_cjs/* DeleteObjectCommand */.k4j(this.#at(key)))));
    }
    async close() {
        this.#client.destroy();
    }
    #at(key) {
        return { Bucket: this.#location.bucket, Key: this.#location.prefix + key };
    }
    #encryption() {
        const { encryption, encryptionKey } = this.#location;
        return {
            ...(encryption && { ServerSideEncryption: encryption }),
            ...(encryptionKey && { SSEKMSKeyId: encryptionKey }),
        };
    }
    #ask(verb, key, right, work) {
        const request = { what: `${verb} ${key}`, right };
        return (0,retry/* retrying */.R)(work, {
            ...this.#context,
            retries: this.#retries,
            passesAfter: (failure) => (isTransient(failure) ? 0 : undefined),
            explain: (failure) => s3Error(request, this.#location, failure),
        });
    }
}
function s3_headersOf({ contentType, cacheControl, contentDisposition }) {
    return {
        ...(contentType && { ContentType: contentType }),
        ...(cacheControl && { CacheControl: cacheControl }),
        ...(contentDisposition && { ContentDisposition: contentDisposition }),
    };
}
async function ifThere(answer) {
    try {
        return await answer;
    }
    catch (thrown) {
        if (statusOf(thrown) === 404 && codeOf(thrown) !== 'NoSuchBucket')
            return undefined;
        throw thrown;
    }
}


/***/ })

};
