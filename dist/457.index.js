export const id = 457;
export const ids = [457];
export const modules = {

/***/ 65457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runContainerPush: () => (/* binding */ runContainerPush)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var _commands_container_push_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(30916);
/* harmony import */ var _commands_container_push_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(47527);
/* harmony import */ var _context_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70342);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7126);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(14173);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(92309);
/* harmony import */ var _progress_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8840);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(76079);









const foreign = ['extract', 'page', 'public-url', 'content-disposition'];
async function runContainerPush() {
    (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .refuseInputs */ .g)('container push', foreign);
    const request = await (0,_commands_container_push_request_js__WEBPACK_IMPORTED_MODULE_2__.parseContainerPush)({
        artifacts: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('artifacts'),
        targets: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('target'),
        tags: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .getItems */ .J)('tag'),
        platforms: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .getItems */ .J)('platforms'),
        format: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('format'),
        compression: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('compression'),
        compressionLevel: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('compression-level'),
        concurrency: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('concurrency'),
        dryRun: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('dry-run'),
        cacheFrom: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('cache-from'),
        floating: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('floating'),
        immutable: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4('immutable'),
        annotations: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('annotations'),
        labels: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getMultilineInput */ .q3('labels'),
    }, _context_js__WEBPACK_IMPORTED_MODULE_3__/* .readContext */ .y);
    const progress = (0,_progress_js__WEBPACK_IMPORTED_MODULE_7__/* .actionProgress */ .c)();
    const result = await (0,_commands_container_push_js__WEBPACK_IMPORTED_MODULE_1__.containerPush)(request, progress).finally(progress.end);
    for (const reference of result.references)
        (0,_log_js__WEBPACK_IMPORTED_MODULE_5__/* .info */ .p)(reference);
    (0,_outputs_js__WEBPACK_IMPORTED_MODULE_6__/* .setOutputs */ .n)({
        ...platformOutputs(result),
        digest: result.digest,
        references: result.references.join('\n'),
        platforms: JSON.stringify(result.platforms),
        metadata: JSON.stringify(result),
        'pushed-bytes': `${result.pushedBytes}`,
        'skipped-bytes': `${result.skippedBytes}`,
        'cache-hit': result.cacheHit,
    });
    await (0,_summary_js__WEBPACK_IMPORTED_MODULE_8__/* .writeContainerSummary */ .V)(result);
}
function platformOutputs({ manifests }) {
    return Object.fromEntries(manifests.map(({ platform, reference }) => [platform.replace(/[^a-z0-9.]+/g, '-'), reference]));
}


/***/ }),

/***/ 47527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseContainerPush: () => (/* binding */ parseContainerPush)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(19473);
/* harmony import */ var _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42956);
/* harmony import */ var _image_label_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8180);
/* harmony import */ var _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(69974);
/* harmony import */ var _oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21507);
/* harmony import */ var _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44647);
/* harmony import */ var _named_tag_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(72667);
/* harmony import */ var _problems_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(61447);
/* harmony import */ var _tag_rules_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(92845);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(3462);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(34277);
/* harmony import */ var _locator_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(79361);












async function parseContainerPush(input, readContext) {
    const { context, parsed } = await (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAllLater */ .Bj)({
        context: readContext,
        parsed: () => parseInput(input),
    });
    const { urls, tags, ...settings } = parsed;
    const { run, annotations: ofContext, ...machine } = context;
    const targets = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(urls, (url) => (0,_target_js__WEBPACK_IMPORTED_MODULE_9__/* .addTags */ .JE)(url, tagsFor(url, tags, run))).flat();
    const connection = signedInAt(machine.connection, targets, [...settings.references, ...settings.cacheFrom]);
    const annotations = [...ofContext, ...settings.annotations];
    (0,_image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .checkAnnotations */ .LO)(annotations, settings.format);
    return { ...machine, ...settings, connection, targets, annotations };
}
function tagsFor(url, tags, run) {
    if (tags.length > 0 || url.tag !== undefined || !run)
        return tags;
    return [(0,_tag_rules_js__WEBPACK_IMPORTED_MODULE_8__/* .defaultTag */ .q3)(run) ?? []].flat();
}
function parseInput(input) {
    const { platforms, artifacts, settings, ...rest } = (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseAll */ .bg)({
        artifacts: () => parseArtifacts(input.artifacts),
        urls: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)((0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(input.targets, 'no target: name at least one URL, such as docker://ghcr.io/org/app'), _target_js__WEBPACK_IMPORTED_MODULE_9__/* .parseTargetUrl */ .Ym),
        tags: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.tags, _named_tag_js__WEBPACK_IMPORTED_MODULE_6__/* .parseNamedTag */ .Z),
        platforms: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.platforms, _oci_platform_js__WEBPACK_IMPORTED_MODULE_5__/* .parsePlatform */ .FL),
        format: () => parseFormat(input.format),
        settings: () => parseCompression(input.compression, input.compressionLevel),
        concurrency: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('concurrency', input.concurrency, 1, 64),
        dryRun: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('dry-run', input.dryRun),
        cacheFrom: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.cacheFrom, _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
        floating: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('floating', input.floating),
        immutable: () => (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseBoolean */ .yG)('immutable', input.immutable),
        annotations: () => (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.annotations, _image_annotate_js__WEBPACK_IMPORTED_MODULE_1__/* .parseAnnotation */ .fr).flat(),
        labels: () => Object.fromEntries((0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(input.labels, _image_label_js__WEBPACK_IMPORTED_MODULE_2__/* .parseLabel */ .Q_).flat()),
    });
    return {
        ...rest,
        ...settings,
        ...artifacts,
        ...(platforms.length > 0 && { platforms }),
    };
}
function parseArtifacts(lines) {
    const items = /^[[{]/.test(lines[0] ?? '') ? textsIn(lines.join('\n')) : lines;
    (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseSome */ .qo)(items, 'no artifacts: name at least one path, glob or reference');
    return {
        artifacts: items.filter((item) => !(0,_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs)(item)),
        references: (0,_problems_js__WEBPACK_IMPORTED_MODULE_7__/* .parseEach */ .lc)(items.filter(_locator_js__WEBPACK_IMPORTED_MODULE_11__/* .isLocator */ .Bs), _locator_js__WEBPACK_IMPORTED_MODULE_11__/* .parseLocator */ .mz),
    };
}
function textsIn(json) {
    const collect = (value) => {
        if (typeof value === 'string')
            return value.split('\n').filter((line) => line.trim() !== '');
        return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
    };
    try {
        return collect(JSON.parse(json));
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `artifacts begin like JSON, but are none: give toJSON(needs.build.outputs), or one a line (${(0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause)})`, { cause });
    }
}
function signedInAt(connection, targets, sources) {
    const { login } = connection;
    if (!login)
        return connection;
    const [own, others] = [registriesOf(targets), registriesOf(sources)];
    const [registry, ...more] = own.length > 0 ? own : others;
    if (more.length === 0)
        return { ...connection, login: { ...login, ...(registry && { registry }) } };
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `username and password are for one registry, not for ${[registry, ...more].join(', ')}: log in to each before (docker/login-action, docker login)`);
}
function registriesOf(places) {
    return [
        ...new Set(places.flatMap(({ place }) => (place.kind === 'registry' ? place.reference.registry : []))),
    ];
}
function parseCompression(name, level) {
    if (!Object.hasOwn(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr, name)) {
        const known = Object.keys(_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr).join(', ');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `compression "${name}" is unknown: expected one of ${known}`);
    }
    const compression = name;
    (0,_layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .assertSupported */ .hv)(compression);
    const { least, most, usual } = _layer_compress_js__WEBPACK_IMPORTED_MODULE_3__/* .levels */ .yr[compression];
    const compressionLevel = level === '' ? usual : (0,_values_js__WEBPACK_IMPORTED_MODULE_10__/* .parseInteger */ .cG)('compression-level', level, least, most);
    return { compression, compressionLevel };
}
function parseFormat(text) {
    if (Object.hasOwn(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib, text))
        return text;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AlbaError */ .x6('usage', `format "${text}" is unknown: expected ${Object.keys(_oci_media_type_js__WEBPACK_IMPORTED_MODULE_4__/* .mediaTypes */ .Ib).join(' or ')}`);
}


/***/ })

};
