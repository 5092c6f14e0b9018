export const id = 477;
export const ids = [477];
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

/***/ 22477:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   serveTasks: () => (/* binding */ serveTasks)
/* harmony export */ });
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75919);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19473);


function serveTasks(tasks) {
    const tell = (message, transfer = []) => node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.parentPort?.postMessage(message, transfer);
    const work = async (name, input) => {
        const task = await tasks[name]?.();
        if (!task)
            throw new Error(`a thread knows no task ${name}`);
        const { output, transfer } = await task(input, (news) => tell({ kind: 'news', news }));
        tell({ kind: 'done', output }, transfer);
    };
    node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.parentPort?.on('message', ({ task, input }) => {
        work(task, input).catch((cause) => tell({
            kind: 'failure',
            message: (0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(cause),
            code: cause instanceof _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .AlbaError */ .x6 ? cause.code : undefined,
        }));
    });
}


/***/ })

};
