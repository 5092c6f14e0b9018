export const id = 542;
export const ids = [542];
export const modules = {

/***/ 71542:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   main: () => (/* binding */ main)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _content_printable_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(10933);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);



const commands = {
    'container push': async () => (await Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(88), __webpack_require__.e(118), __webpack_require__.e(382), __webpack_require__.e(164), __webpack_require__.e(825), __webpack_require__.e(916), __webpack_require__.e(208), __webpack_require__.e(457)]).then(__webpack_require__.bind(__webpack_require__, 65457))).runContainerPush,
    'static push': async () => (await Promise.all(/* import() */[__webpack_require__.e(934), __webpack_require__.e(606), __webpack_require__.e(88), __webpack_require__.e(118), __webpack_require__.e(382), __webpack_require__.e(86), __webpack_require__.e(164), __webpack_require__.e(825), __webpack_require__.e(172), __webpack_require__.e(208), __webpack_require__.e(191)]).then(__webpack_require__.bind(__webpack_require__, 14634))).runStaticPush,
};
async function main() {
    try {
        const name = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('command').replace(/\s+/g, ' ');
        const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
        if (!load)
            throw new Error(`command "${name}" is unknown: expected ${Object.keys(commands).join(', ')}`);
        const run = await load();
        await run();
    }
    catch (thrown) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setFailed */ .C1((0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(thrown).split('\n').map(_content_printable_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g).join('\n'));
    }
    process.stdout.write('', () => process.exit());
}


/***/ }),

/***/ 10933:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ printable)
/* harmony export */ });
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
function printable(text) {
    return text.replace(unprintable, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}


/***/ }),

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


/***/ })

};
