export const id = 564;
export const ids = [564];
export const modules = {

/***/ 19473:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Zw: () => (/* binding */ Problems),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   x6: () => (/* binding */ AlbaError),
/* harmony export */   xU: () => (/* binding */ systemCode)
/* harmony export */ });
class AlbaError extends Error {
    name = 'AlbaError';
    code;
    constructor(code, message, options) {
        super(message, options);
        this.code = code;
    }
}
const most = 20;
class Problems {
    #found = new Set();
    add(problem) {
        this.#found.add(problem);
    }
    throwIfAny(code) {
        if (this.#found.size === 0)
            return;
        const lines = [...this.#found].slice(0, most);
        if (this.#found.size > most)
            lines.push(`and ${this.#found.size - most} problems more`);
        throw new AlbaError(code, lines.join('\n'));
    }
}
function messageOf(thrown) {
    if (thrown instanceof AggregateError && thrown.message === '') {
        return thrown.errors.map(messageOf).join('; ');
    }
    return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
}
function systemCode(thrown) {
    const code = thrown instanceof Error ? thrown.code : undefined;
    return typeof code === 'string' ? code : undefined;
}


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
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6('source', `${where}: "${text}" is not a digest: expected sha256: and 64 hexadecimal digits`);
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ })

};
