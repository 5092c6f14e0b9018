export const id = 255;
export const ids = [255];
export const modules = {

/***/ 52459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v: () => (/* binding */ buffersFor),
  n: () => (/* binding */ splitBlocks)
});

;// CONCATENATED MODULE: ./build/content/buffers.js
const patience = 3;
class Buffers {
    #size;
    #free = [];
    #resting = [];
    constructor(size) {
        this.#size = size;
    }
    take() {
        return this.#free.pop() ?? new ArrayBuffer(this.#size);
    }
    giveBack(buffer) {
        this.#resting.push(buffer);
        if (this.#resting.length > patience)
            this.#free.push(...this.#resting.splice(0, 1));
    }
}

;// CONCATENATED MODULE: ./build/content/blocks.js

function buffersFor({ before, size, behind }) {
    return new Buffers(before + size + behind);
}
async function* splitBlocks(source, shape, buffers) {
    let buffer = buffers.take();
    let before = 0;
    let length = 0;
    for await (const chunk of source) {
        for (let done = 0; done < chunk.length;) {
            const part = chunk.subarray(done, done + shape.size - length);
            new Uint8Array(buffer).set(part, shape.before + length);
            length += part.length;
            done += part.length;
            if (length < shape.size)
                continue;
            const next = buffers.take();
            new Uint8Array(next).set(new Uint8Array(buffer, shape.size, shape.before));
            yield { buffer, before, length };
            buffer = next;
            before = shape.before;
            length = 0;
        }
    }
    if (length > 0)
        yield { buffer, before, length };
}


/***/ }),

/***/ 41766:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ inOrder)
/* harmony export */ });
async function* inOrder(items, concurrency, work) {
    const working = [];
    for await (const item of items) {
        const result = work(item);
        result.catch(() => undefined);
        working.push(result);
        const [first] = working;
        if (working.length <= concurrency || !first)
            continue;
        yield await first;
        working.shift();
    }
    for (const result of working)
        yield await result;
}


/***/ }),

/***/ 48255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   zstdParallel: () => (/* binding */ zstdParallel),
/* harmony export */   zstdTask: () => (/* binding */ zstdTask)
/* harmony export */ });
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38522);
/* harmony import */ var _content_blocks_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52459);
/* harmony import */ var _content_in_order_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(41766);
/* harmony import */ var _threads_aside_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58998);




const frameSize = 4 * 1024 * 1024;
const overhead = 64 * 1024;
const shape = { before: 0, size: frameSize, behind: overhead };
async function* zstdParallel(source, { level, concurrency, threads }) {
    const compress = (0,_threads_aside_js__WEBPACK_IMPORTED_MODULE_1__/* .aside */ .H)(threads, 'zstd', zstdTask);
    const buffers = (0,_content_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .buffersFor */ .v)(shape);
    let isEmpty = true;
    const frames = (0,_content_in_order_js__WEBPACK_IMPORTED_MODULE_3__/* .inOrder */ .a)((0,_content_blocks_js__WEBPACK_IMPORTED_MODULE_2__/* .splitBlocks */ .n)(source, shape, buffers), concurrency, (block) => compress({ ...block, level }));
    for await (const { buffer, size } of frames) {
        isEmpty = false;
        yield new Uint8Array(buffer, 0, size);
        buffers.giveBack(buffer);
    }
    if (isEmpty)
        yield compressFrame(new Uint8Array(), level);
}
async function zstdTask(input) {
    const { buffer, length, level } = input;
    const frame = compressFrame(new Uint8Array(buffer, 0, length), level);
    new Uint8Array(buffer).set(frame);
    return { output: { buffer, size: frame.length }, transfer: [buffer] };
}
function compressFrame(bytes, level) {
    const params = { [node_zlib__WEBPACK_IMPORTED_MODULE_0__.constants.ZSTD_c_compressionLevel]: level };
    return node_zlib__WEBPACK_IMPORTED_MODULE_0__.zstdCompressSync(bytes, { params, chunkSize: 2 * frameSize });
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
