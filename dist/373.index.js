export const id = 373;
export const ids = [373];
export const modules = {

/***/ 9373:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(33838);
// EXTERNAL MODULE: ./build/errors.js
var errors = __webpack_require__(19473);
// EXTERNAL MODULE: ./build/commands/container-push.js + 31 modules
var container_push = __webpack_require__(74317);
// EXTERNAL MODULE: ./build/commands/container-push-request.js + 6 modules
var container_push_request = __webpack_require__(4620);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: ./build/commands/connect.js + 5 modules
var connect = __webpack_require__(80006);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/cache/folder.js
var cache_folder = __webpack_require__(48593);
;// CONCATENATED MODULE: ./build/action/cache.js






const path = `~/.cache/alba/${cache_folder/* fileName */.M}`;
const patience = 10_000;
function actionsStore(targets) {
    const folder = (0,cache_folder/* folderStore */.s)((0,external_node_path_.join)((0,external_node_os_.homedir)(), '.cache', 'alba'));
    const scope = `alba-1-${hashOf(targets.toSorted().join('\n'))}-`;
    let restored;
    return {
        async load() {
            restored ??= bounded(async ({ restoreCache }) => {
                await restoreCache([path], `${scope}restore`, [scope, 'alba-1-'], undefined, true);
            });
            await restored;
            return folder.load();
        },
        async save(bytes) {
            await folder.save(bytes);
            await bounded(async ({ saveCache }) => {
                await saveCache([path], scope + hashOf(bytes), undefined, true);
            });
        },
    };
}
async function bounded(work) {
    if (!process.env.ACTIONS_RESULTS_URL && !process.env.ACTIONS_CACHE_URL)
        return;
    const cache = await __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 61691));
    if (!cache.isFeatureAvailable())
        return;
    const timer = new AbortController();
    const tooLate = (0,promises_.setTimeout)(patience, undefined, { signal: timer.signal, ref: false }).then(() => core/* info */.pq(`The cache service did not answer within ${patience / 1000} s: going on without it.`), () => { });
    const done = work(cache).catch((failure) => core/* info */.pq(`The cache is not used: ${failure}`));
    await Promise.race([done, tooLate]);
    timer.abort();
}
function hashOf(content) {
    return (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex').slice(0, 16);
}

;// CONCATENATED MODULE: ./build/action/context.js





async function readContext() {
    const password = core/* getInput */.V4('password');
    const githubToken = core/* getInput */.V4('github-token');
    for (const secret of [password, githubToken])
        if (secret)
            core/* setSecret */.Pq(secret);
    const directory = process.cwd();
    const connection = await (0,connect/* readConnection */.d)({
        username: core/* getInput */.V4('username'),
        password,
        githubToken,
        caCertificate: core/* getInput */.V4('ca-certificate'),
    }, process.env, directory);
    return {
        connection,
        directory,
        temporaryDirectory: process.env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(),
        parallelism: (0,external_node_os_.availableParallelism)(),
        store: (0,container_push_request.parseBoolean)('cache', core/* getInput */.V4('cache'))
            ? actionsStore(core/* getMultilineInput */.q3('target'))
            : undefined,
        now: new Date(),
    };
}

;// CONCATENATED MODULE: ./build/action/inputs.js

function getItems(name) {
    return core/* getInput */.V4(name)
        .split(/[\n,]/)
        .map((item) => item.trim())
        .filter((item) => item !== '');
}

;// CONCATENATED MODULE: ./build/action/outputs.js

function setOutputs(outputs) {
    for (const [name, value] of Object.entries(outputs))
        core/* setOutput */.uH(name, value);
}

;// CONCATENATED MODULE: ./build/action/progress.js

function actionProgress() {
    let isOpen = false;
    const end = () => {
        if (isOpen)
            core/* endGroup */.N4();
        isOpen = false;
    };
    return {
        end,
        group(title) {
            end();
            core/* startGroup */.Oh(title);
            isOpen = true;
        },
        line: (text) => core/* info */.pq(text),
        warn: (text) => core/* warning */.$e(text),
        debug: (text) => core/* debug */.Yz(text),
        expect() { },
        advance() { },
    };
}

// EXTERNAL MODULE: ./build/commands/format.js
var format = __webpack_require__(56956);
;// CONCATENATED MODULE: ./build/action/summary.js


async function writeContainerSummary(result) {
    const header = ['Platform', 'Digest', 'Layers', 'Size', 'Sent'].map((data) => ({ data, header: true }));
    const rows = result.manifests.map(({ platform, digest, layers, size, pushed }) => [
        escape(platform),
        `<code>${digest}</code>`,
        `${layers}`,
        (0,format/* formatBytes */.z)(size),
        pushed ? 'pushed' : 'skipped: already there',
    ]);
    await core/* summary */.z
        .addHeading(result.dryRun ? 'Container release (dry run)' : 'Container release', 2)
        .addRaw(`<p>Index <code>${result.digest}</code></p>`, true)
        .addTable([header, ...rows])
        .addList(result.references.map((reference) => `<code>${escape(reference)}</code>`))
        .addRaw(`<p>${(0,format/* formatBytes */.z)(result.pushedBytes)} sent, ${(0,format/* formatBytes */.z)(result.skippedBytes)} already there.</p>`, true)
        .write();
}

;// CONCATENATED MODULE: ./build/action/container-push.js








async function runContainerPush() {
    const request = await (0,container_push_request.parseContainerPush)({
        artifacts: core/* getMultilineInput */.q3('artifacts'),
        targets: core/* getMultilineInput */.q3('target'),
        tags: core/* getMultilineInput */.q3('tag'),
        platforms: getItems('platforms'),
        format: core/* getInput */.V4('format'),
        compressionLevel: core/* getInput */.V4('compression-level'),
        concurrency: core/* getInput */.V4('concurrency'),
        dryRun: core/* getInput */.V4('dry-run'),
        cacheFrom: core/* getMultilineInput */.q3('cache-from'),
    }, readContext);
    const progress = actionProgress();
    const result = await (0,container_push.containerPush)(request, progress);
    progress.end();
    core/* info */.pq(result.references.join('\n'));
    setOutputs({
        digest: result.digest,
        references: result.references.join('\n'),
        platforms: JSON.stringify(result.platforms),
        metadata: JSON.stringify(result),
        'pushed-bytes': `${result.pushedBytes}`,
        'skipped-bytes': `${result.skippedBytes}`,
        'cache-hit': result.cacheHit,
    });
    await writeContainerSummary(result);
}

;// CONCATENATED MODULE: ./build/action/main.js



const commands = {
    'container push': runContainerPush,
};
async function main() {
    try {
        const name = core/* getInput */.V4('command').replace(/\s+/g, ' ');
        const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
        if (!run)
            throw new Error(`command "${name}" is unknown: expected ${Object.keys(commands).join(', ')}`);
        await run();
    }
    catch (thrown) {
        core/* endGroup */.N4();
        core/* setFailed */.C1((0,errors/* messageOf */.bD)(thrown));
    }
}


/***/ })

};
