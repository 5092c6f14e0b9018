export const id = 511;
export const ids = [511];
export const modules = {

/***/ 13511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   blockDeflater: () => (/* binding */ blockDeflater),
/* harmony export */   deflateTask: () => (/* binding */ deflateTask)
/* harmony export */ });
/* harmony import */ var _threads_aside_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58998);
/* harmony import */ var _deflater_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99905);


function blockDeflater(threads) {
    return (0,_threads_aside_js__WEBPACK_IMPORTED_MODULE_1__/* .aside */ .H)(threads, 'deflate', deflateTask);
}
let deflater;
async function deflateTask(input) {
    const { buffer, before, length, level } = input;
    deflater ??= _deflater_js__WEBPACK_IMPORTED_MODULE_0__/* .Deflater */ .i$.create();
    const bytes = new Uint8Array(buffer, _deflater_js__WEBPACK_IMPORTED_MODULE_0__/* .windowSize */ .on - before, before + length);
    const deflated = (await deflater).deflate(bytes, before, level);
    new Uint8Array(buffer).set(deflated);
    return { output: { buffer, size: deflated.length }, transfer: [buffer] };
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

/***/ 58998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ aside)
/* harmony export */ });
const leastThreaded = 4 * 1024 * 1024;
function aside(threads, name, task) {
    let total = 0;
    return async (input) => {
        total += input.length;
        if (threads && (threads.areThere || total > leastThreaded)) {
            return (await threads.run({ task: name, input, transfer: [input.buffer] }));
        }
        return (await task(input, () => { })).output;
    };
}


/***/ })

};
