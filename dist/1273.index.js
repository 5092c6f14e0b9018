export const id=1273;export const ids=[1273];export const modules={41273:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{m:()=>assertHeld,o:()=>deleteReleases});var errors=__webpack_require__(27406);var release_holdings=__webpack_require__(21611);var release_keys=__webpack_require__(99527);var digest=__webpack_require__(6559);var documents=__webpack_require__(90421);var publish_page=__webpack_require__(79483);var promises_=__webpack_require__(58500);var bytes=__webpack_require__(17328);var delete_keys=__webpack_require__(82425);var find_missing=__webpack_require__(54273);var release_checksums=__webpack_require__(88875);var published=__webpack_require__(34281);var store=__webpack_require__(43702);;const lookEvery=250;class TurnLost extends Error{}async function removeTag(storage,release,seen,patience){const key=(0,release_keys.wm)(release,release_checksums.uw);const stored=seen&&(0,release_checksums.Ar)(seen.manifest);const claim=doubled(stored??await(0,store.Ag)(storage,key)??Buffer.alloc(0));const assertHeld=async()=>{if(!(await(0,store.Ag)(storage,key))?.equals(claim))throw new TurnLost};if(!await isAsSeen(storage,release,seen))return{isGone:false,files:0};await(0,store.p7)(storage,key,claim,`text/plain; charset=utf-8`);if(!await isAsSeen(storage,release,seen)){await giveBack(storage,release,claim);return{isGone:false,files:0}}let isGone=false;let files=0;try{await assertHeld();if(seen)await storage.delete((0,release_keys.E4)(release));isGone=true;const keys=new Set(seen&&(0,documents.nG)(seen.manifest).map(({path})=>(0,release_keys.wm)(release,path)));for await(const object of storage.list((0,release_keys.wm)(release,``)))keys.add(object.key);keys.delete(key);await(0,delete_keys.I)(storage,[...keys],assertHeld);files=keys.size;await assertHeld()}catch(failure){if(!(failure instanceof TurnLost))throw failure;if(!isGone||await settles(storage,release,patience))return{isGone:false,files};const told=`${(0,bytes.ie)(storage,(0,release_keys.E4)(release))} was published while it was deleted`;return{isGone:false,files,refusal:`${told}: see that it is whole, or publish it again`}}await storage.delete(key);await giveBack(storage,release,undefined);return{isGone,files:files+1}}async function settles(storage,release,patience){for(const end=performance.now()+patience;;await(0,promises_.setTimeout)(lookEvery)){if(await isWhole(storage,release))return true;if(performance.now()>=end)return false}}async function isWhole(storage,release){const[document,checksums]=await Promise.all([(0,published.q7)(storage,release),(0,store.Ag)(storage,(0,release_keys.wm)(release,release_checksums.uw))]);const expected=document&&(0,release_checksums.Ar)(document.manifest);if(!document||!expected||!checksums?.equals(expected))return false;const sizes=(0,documents.nG)(document.manifest).map(({path,size=0})=>[(0,release_keys.wm)(release,path),{size}]);return(await(0,find_missing.y)(storage,(0,release_keys.wm)(release,``),new Map(sizes))).length===0}async function isAsSeen(storage,release,seen){const bytes=await(0,store.Ag)(storage,(0,release_keys.E4)(release));return bytes?(0,digest.ol)(bytes)===seen?.digest:seen===undefined}async function giveBack(storage,release,left){const document=await(0,published.q7)(storage,release);const checksums=document&&(0,release_checksums.Ar)(document.manifest);if(!checksums)return;const key=(0,release_keys.wm)(release,release_checksums.uw);const found=await(0,store.Ag)(storage,key);const isAsLeft=left?found?.equals(left):found===undefined;if(isAsLeft)await(0,store.p7)(storage,key,checksums,`text/plain; charset=utf-8`)}function doubled(checksums){const half=checksums.subarray(0,checksums.length/2);const isDoubled=checksums.equals(Buffer.concat([half,half]));return isDoubled?checksums:Buffer.concat([checksums,checksums])}var release_tags=__webpack_require__(74718);;const usualPatience=3e4;async function removeReleases(storage,name,releases,loose,progress,patience=usualPatience){const going=await stillThere(storage,name,releases);if(going.length>0){await unlist(storage,name,new Set(going.map(({tag})=>tag)));progress.line(`tag list -> ${(0,release_keys.Ux)(name)}`);await(0,publish_page.J)(storage,name,progress)}const tags=[];const refusals=[];let files=0;for(const seen of going){const removed=await removeTag(storage,{name,tag:seen.tag},seen,patience);if(removed.isGone)tags.push(seen.tag);if(removed.refusal!==undefined)refusals.push(removed.refusal);files+=removed.files}for(const{tag}of loose)files+=(await removeTag(storage,{name,tag},undefined,patience)).files;if(going.length>0){await(0,release_tags.LF)(storage,name,progress);await(0,publish_page.J)(storage,name,progress)}return{tags,files,refusals}}async function stillThere(storage,name,releases){const found=[];for(const release of releases){const bytes=await(0,store.Ag)(storage,(0,release_keys.E4)({name,tag:release.tag}));if(bytes&&(0,digest.ol)(bytes)===release.digest)found.push(release)}return found}async function unlist(storage,name,going){const list=await(0,release_tags.Vt)(storage,name);const tags=(list?.tags??[]).filter(tag=>!going.has(tag));await(0,store.p7)(storage,(0,release_keys.Ux)(name),(0,documents.IB)({...list,name,tags}),store.e)}var sweep=__webpack_require__(97509);var deletion_report=__webpack_require__(81443);;async function deleteReleases(all,{connection,dryRun,progress,plan,planned}){const context={progress,signal:new AbortController().signal};const storages=[];try{progress.group(`Look at what is there`);const drafts=[];for(const named of all){const{storage,name}=named;const opened=await storage.openStorage(connection,context);storages.push(opened);const holdings=await(0,release_holdings.b)(opened,name);const reference=(0,bytes.ie)(opened,(0,release_keys.Ux)(name));assertHeld(reference,holdings);drafts.push({...plan(reference,holdings,named),home:holdings.storage,name})}await planned?.(drafts);if(!dryRun)progress.group(`Delete`);const reports=[];for(const{plan:own,going,loose,home,name}of drafts){if(!dryRun)(0,sweep.DE)(own);const removed=dryRun?undefined:await removeReleases(home,name,going,loose,progress);const told=removed&&{...removed,manifests:0,blobs:0};reports.push((0,deletion_report.repositoryReportOf)(own,told))}return(0,deletion_report.deletionResultOf)(reports,dryRun)}finally{await Promise.allSettled(storages.map(storage=>storage.close()))}}function assertHeld(reference,{releases,loose,obstacles}){if(releases.length+loose.length+obstacles.length>0)return;throw new errors.x6(`target`,`${reference} holds nothing: is there a release of this name?`)}}),88875:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{Ar:()=>checksumsIn,Uw:()=>checksumsOf,ss:()=>formatChecksums,uw:()=>checksumsName});var _oci_compare_js__WEBPACK_IMPORTED_MODULE_3__=__webpack_require__(62036);var _oci_digest_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(6559);var _source_tree_file_js__WEBPACK_IMPORTED_MODULE_1__=__webpack_require__(46760);var _documents_js__WEBPACK_IMPORTED_MODULE_2__=__webpack_require__(90421);const checksumsName=`SHA256SUMS`;function checksumsOf(files){return formatChecksums(files.map(file=>({path:(0,_source_tree_file_js__WEBPACK_IMPORTED_MODULE_1__.XM)(file),digest:file.digest})))}function checksumsIn(manifest){const files=(0,_documents_js__WEBPACK_IMPORTED_MODULE_2__.nG)(manifest).flatMap(({path,digest})=>digest?[{path,digest}]:[]);return files.length===(0,_documents_js__WEBPACK_IMPORTED_MODULE_2__.nG)(manifest).length?formatChecksums(files):undefined}function formatChecksums(files){const lines=[...files].sort((a,b)=>(0,_oci_compare_js__WEBPACK_IMPORTED_MODULE_3__.n)(a.path,b.path)).map(({path,digest})=>{const escaped=path.replaceAll(`\\`,`\\\\`);return`${escaped===path?``:`\\`}${(0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_0__.ZD)(digest)}  ${escaped}\n`});return Buffer.from(lines.join(``))}}),21611:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{b:()=>readHoldings});var p_map__WEBPACK_IMPORTED_MODULE_8__=__webpack_require__(606);var _errors_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(27406);var _oci_digest_js__WEBPACK_IMPORTED_MODULE_1__=__webpack_require__(6559);var _oci_reference_js__WEBPACK_IMPORTED_MODULE_2__=__webpack_require__(84974);var _progress_sum_js__WEBPACK_IMPORTED_MODULE_9__=__webpack_require__(50154);var _checksums_js__WEBPACK_IMPORTED_MODULE_3__=__webpack_require__(88875);var _in_folders_js__WEBPACK_IMPORTED_MODULE_4__=__webpack_require__(54932);var _keys_js__WEBPACK_IMPORTED_MODULE_5__=__webpack_require__(99527);var _published_js__WEBPACK_IMPORTED_MODULE_6__=__webpack_require__(34281);var _tags_js__WEBPACK_IMPORTED_MODULE_7__=__webpack_require__(74718);const concurrency=16;async function readHoldings(storage,name){const home=await(0,_in_folders_js__WEBPACK_IMPORTED_MODULE_4__.Ng)(storage,name);const listed=(await(0,_tags_js__WEBPACK_IMPORTED_MODULE_7__.Vt)(home,name))?.tags??[];const folders=await readFolders(home,name);const tags=[...new Set([...listed,...folders.keys()])].filter(tag=>(0,_oci_reference_js__WEBPACK_IMPORTED_MODULE_2__.dz)(tag)&&!(0,_keys_js__WEBPACK_IMPORTED_MODULE_5__.Bs)(tag));const obstacles=[];const loose=[];const read=async tag=>{const release={name,tag};const{size=0,modified=new Date(0),hasChecksums=false}=folders.get(tag)??{};try{const[document,head]=await Promise.all([(0,_published_js__WEBPACK_IMPORTED_MODULE_6__.q7)(home,release),home.head((0,_keys_js__WEBPACK_IMPORTED_MODULE_5__.E4)(release))]);if(document&&head){const{bytes,manifest}=document;return[{tag,digest:(0,_oci_digest_js__WEBPACK_IMPORTED_MODULE_1__.ol)(bytes),manifest,modified:head.modified,size:size||toldSize(manifest)}]}if(hasChecksums)loose.push({tag,modified,size})}catch(failure){if(listed.includes(tag))obstacles.push((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__.bD)(failure))}return[]};const releases=(await(0,p_map__WEBPACK_IMPORTED_MODULE_8__.Ay)(tags,read,{concurrency})).flat();return{storage:home,releases,loose,obstacles}}async function readFolders(storage,name){const prefix=`${(0,_keys_js__WEBPACK_IMPORTED_MODULE_5__.Ux)(name)}/`;const folders=new Map;for await(const{key,size,modified}of storage.list(prefix)){const[tag=``,...rest]=key.slice(prefix.length).split(`/`);const known=folders.get(tag)??{size:0,modified,hasChecksums:false};folders.set(tag,{size:known.size+(rest.length>0?size:0),modified:modified>known.modified?modified:known.modified,hasChecksums:known.hasChecksums||rest.join(`/`)===_checksums_js__WEBPACK_IMPORTED_MODULE_3__.uw})}return folders}function toldSize({flavors}){return(0,_progress_sum_js__WEBPACK_IMPORTED_MODULE_9__.c)(flavors.flatMap(({resources})=>resources.map(({size=0})=>size)))}}),79483:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{X:()=>publishPage,J:()=>refreshPage});var p_map=__webpack_require__(606);var converge=__webpack_require__(11232);var errors=__webpack_require__(27406);var storage_bytes=__webpack_require__(17328);var encode_key=__webpack_require__(26355);var documents=__webpack_require__(90421);var keys=__webpack_require__(99527);var external_node_crypto_=__webpack_require__(77598);var oci_platform=__webpack_require__(23856);var tag_order=__webpack_require__(42162);var format=__webpack_require__(22662);;function curlLine(path,platform,executable){const name=quote(path.split(`/`).at(-1)??path);const isRunnable=executable&&platform.os!==`windows`;return{before:`curl -fL -o ${name} `,after:isRunnable?` && chmod +x ${name}`:``}}function quote(name){const safe=name.startsWith(`-`)?`./${name}`:name;return/^[\w./+-]+$/.test(safe)?safe:`'${safe.replaceAll(`'`,`'\\''`)}'`};class Html{text;constructor(text){this.text=text}}function html(strings,...values){const parts=strings.map((text,index)=>text+render(values[index]));return new Html(parts.join(``))}function render(value){if(value===undefined||value===false)return``;if(value instanceof Html)return value.text;if(typeof value===`object`)return value.map(({text})=>text).join(``);return(0,format.escapeHtml)(String(value))};const systems={aix:`AIX`,android:`Android`,darwin:`macOS`,dragonfly:`DragonFly BSD`,freebsd:`FreeBSD`,illumos:`illumos`,ios:`iOS`,js:`JavaScript`,linux:`Linux`,netbsd:`NetBSD`,openbsd:`OpenBSD`,plan9:`Plan 9`,solaris:`Solaris`,wasi:`WASI`,wasip1:`WASI preview 1`,windows:`Windows`};const machines={"386":`x86, 32-bit`,amd64:`x86, 64-bit`,arm:`ARM, 32-bit`,arm64:`ARM, 64-bit`,loong64:`LoongArch`,mips:`MIPS`,mips64:`MIPS, 64-bit`,mips64le:`MIPS, 64-bit, little-endian`,mipsle:`MIPS, little-endian`,ppc64:`POWER`,ppc64le:`POWER, little-endian`,riscv64:`RISC-V`,s390x:`IBM Z`,sparc64:`SPARC`,wasm:`WebAssembly`};function namesOf({os,architecture}){const machine=os===`darwin`&&architecture===`arm64`?`Apple silicon`:os===`darwin`&&architecture===`amd64`?`Intel`:nameIn(machines,architecture);return{system:nameIn(systems,os),machine}}function nameIn(names,key){return Object.hasOwn(names,key)?names[key]??key:key};const script=`
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
`.trim();;const style=`
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
`.trim();;const maxFiles=100;const policy=[`default-src 'none'`,`style-src ${sourceOf(style)}`,`script-src ${sourceOf(script)}`,`img-src data:`,`base-uri 'none'`,`form-action 'none'`].join(`; `);function formatPage({name,releases,older,folderUrl}){const[newest,...folded]=releases;const page=html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="alba${folderUrl&&` ${folderUrl}`}">
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
${newest&&newestRelease(newest,folderUrl)}
${folded.length>0&&html`<h2 class="quiet">Older releases</h2>\n`}
${folded.map(release=>foldedRelease(release,folderUrl))}
${older.length>0&&olderReleases(older)}
</main>
<p id="told" role="status"></p>
<script>${new Html(script)}<\/script>
</body>
</html>
`;return Buffer.from(page.text)}function parsePage(bytes){const[head=``]=bytes.toString(`utf8`).split(`<style>`,1);const[found,folderUrl]=/^<meta name="generator" content="alba(?: ([^"&<>]+))?">$/m.exec(head)??[];return found===undefined?undefined:{folderUrl}}function newestRelease({tag,manifest},folderUrl){return html`<section aria-labelledby="newest">
<div class="title"><h2 id="newest"><bdi>${tag}</bdi></h2>${!(0,tag_order.bU)(tag)&&html`<span class="badge">Latest</span>`}${links(tag)}</div>
${platforms(tag,manifest,folderUrl)}
</section>`}function foldedRelease({tag,manifest},folderUrl){const count=manifest.flavors.length;return html`<details id="${tag}"><summary><b><bdi>${tag}</bdi></b> <span class="size">${count} ${count===1?`platform`:`platforms`}</span></summary>
<div class="inside"><div class="title">${links(tag)}</div>
${platforms(tag,manifest,folderUrl)}</div></details>
`}function olderReleases(tags){const items=tags.map(tag=>html`<li><a href="./${(0,encode_key.g)(tag)}">${tag}</a></li>`);return html`<h2 class="quiet">Older still</h2><ul class="older">${items}</ul>`}function links(tag){const folder=`./${(0,encode_key.g)(tag)}`;return html`<span class="links"><a href="${folder}/SHA256SUMS" aria-label="SHA256SUMS of ${tag}">SHA256SUMS</a><a href="${folder}" aria-label="Manifest of ${tag}">Manifest</a></span>`}function platforms(tag,{flavors},folderUrl){return html`<div class="platforms">
${flavors.map(flavor=>platformCard(tag,flavor,folderUrl))}</div>`}function platformCard(tag,{platform,resources},folderUrl){const{system,machine}=namesOf(platform);const files=resources.filter(({path})=>isPlainPath(`${platform.os}/${platform.architecture}/${path}`));const shown=files.slice(0,maxFiles);return html`<section class="platform" data-os="${platform.os}" data-architecture="${platform.architecture}">
<h3>${system} <span>${machine}</span> <code>${(0,oci_platform.ej)(platform)}</code></h3>
<ul>${shown.map(file=>fileItem(tag,platform,file,folderUrl))}</ul>
${files.length>shown.length&&html`<p class="more">and ${files.length-shown.length} more files, all of them in SHA256SUMS</p>`}</section>
`}function fileItem(tag,platform,{path,size,digest,executable},folderUrl){const relative=(0,encode_key.g)(`${tag}/${platform.os}/${platform.architecture}/${path}`);const{before,after}=curlLine(path,platform,executable??false);const url=folderUrl?html`<span>${folderUrl}/${relative}</span>`:html`<span data-url></span>`;return html`<li class="file"><div class="name"><a href="./${relative}" download><bdi>${path}</bdi></a>${size!==undefined&&html`<span class="size">${(0,format.formatBytes)(size)}</span>`}</div>${digest&&html`<div class="copy" data-label="Copy the digest of ${path}"><code>${digest}</code></div>`}<div class="copy" data-label="Copy the curl line for ${path}"${!folderUrl&&html` hidden`}><code>${before}${url}${after}</code></div></li>
`}function isPlainPath(path){return path.split(`/`).every(part=>part!==``&&part!==`.`&&part!==`..`)}function sourceOf(text){return`'sha256-${(0,external_node_crypto_.createHash)(`sha256`).update(text).digest(`base64`)}'`}var store=__webpack_require__(43702);var release_tags=__webpack_require__(74718);;const maxReleases=20;async function publishPage(storage,name,publicUrl,progress){const folderUrl=publicUrl&&`${publicUrl}/${(0,encode_key.g)((0,keys.Ux)(name))}`;await writePage(storage,name,await(0,store.Ag)(storage,(0,keys.Lt)(name)),folderUrl,progress)}async function refreshPage(storage,name,progress){const present=await(0,store.Ag)(storage,(0,keys.Lt)(name));const page=present&&parsePage(present);if(page)await writePage(storage,name,present,page.folderUrl,progress);return page!==undefined}async function writePage(storage,name,present,folderUrl,progress){const key=(0,keys.Lt)(name);let page=present;const told=new Set;const warn=warning=>{if(!told.has(warning))progress.warn(warning);told.add(warning)};await(0,converge.L)((0,storage_bytes.ie)(storage,key),async()=>{const tags=(await(0,release_tags.Vt)(storage,name))?.tags??[];const releases=await readReleases(storage,name,tags.slice(0,maxReleases),warn);const wanted=formatPage({name,releases,older:tags.slice(maxReleases),folderUrl});if(page?.equals(wanted))return`stands`;await(0,store.p7)(storage,key,wanted,`text/html; charset=utf-8`);page=wanted;return`written`});if(page!==present)progress.line(`page -> ${key}`)}async function readReleases(storage,name,tags,warn){const read=async tag=>{const key=(0,keys.E4)({name,tag});const bytes=await(0,store.Ag)(storage,key);if(!bytes)return[];try{return[{tag,manifest:(0,documents.Fw)(bytes,(0,storage_bytes.ie)(storage,key))}]}catch(failure){warn(`not on the page: ${(0,errors.bD)(failure)}`);return[]}};return(await(0,p_map.Ay)(tags,read,{concurrency:maxReleases})).flat()}}),46760:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{Bm:()=>architectureProblem,GW:()=>assertWalkEnds,XM:()=>pathOf,gS:()=>assertFewFiles,hZ:()=>compareFiles,mT:()=>osProblem,rH:()=>nameProblem});var _errors_js__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(27406);var _oci_compare_js__WEBPACK_IMPORTED_MODULE_4__=__webpack_require__(62036);var _oci_platform_js__WEBPACK_IMPORTED_MODULE_1__=__webpack_require__(23856);var _oci_platform_aliases_js__WEBPACK_IMPORTED_MODULE_2__=__webpack_require__(32473);var _nearest_js__WEBPACK_IMPORTED_MODULE_3__=__webpack_require__(81042);function pathOf({platform,path}){return`${platform.os}/${platform.architecture}/${path}`}function compareFiles(a,b){return(0,_oci_compare_js__WEBPACK_IMPORTED_MODULE_4__.n)(pathOf(a),pathOf(b))}function osProblem(os){if(_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__.er.includes((0,_oci_platform_aliases_js__WEBPACK_IMPORTED_MODULE_2__.yR)(os)))return undefined;if(architectureProblem(os)===undefined){return`"${os}" is an architecture, but an operating system comes first: <os>/<architecture>/<file>`}return`"${os}" is not an operating system as Go names them: ${hint(os,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__.er)}`}function architectureProblem(architecture){if(_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__.f2.includes((0,_oci_platform_aliases_js__WEBPACK_IMPORTED_MODULE_2__.dV)(architecture)[0]))return undefined;return`"${architecture}" is not an architecture as Go names them: ${hint(architecture,_oci_platform_js__WEBPACK_IMPORTED_MODULE_1__.f2)}`}function nameProblem(name){if(/\p{Cc}/u.test(name))return`its name has a control character, which no URL or listing carries safely: rename it`;if(/[\p{Cs}\uFFFD-\uFFFF]/u.test(name))return`its name is not valid UTF-8, which keys and JSON are: rename it`;return undefined}const maxFiles=4e5;function assertFewFiles(count,origin){if(count<=maxFiles)return;throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__.x6(`source`,`${origin} has more than ${maxFiles} files: more than one release can list; pack some of them into an archive`)}const maxNames=1e6;function assertWalkEnds(count,origin){if(count<=maxNames)return;const why=`do symbolic links lead to the same folders again and again?`;throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__.x6(`source`,`${origin} has more than ${maxNames} files and folders: ${why}`)}function hint(text,known){const meant=(0,_nearest_js__WEBPACK_IMPORTED_MODULE_3__.p)(text,known);return meant?`did you mean "${meant}"?`:`known are ${known.join(`, `)}`}}),82425:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{I:()=>deleteKeys});var p_map__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(606);const mostAtOnce=1e3;const concurrency=16;async function deleteKeys(storage,keys,before=async()=>{}){for(let at=0;at<keys.length;at+=mostAtOnce){const batch=keys.slice(at,at+mostAtOnce);await before();if(await storage.deleteMany?.(batch))continue;await(0,p_map__WEBPACK_IMPORTED_MODULE_0__.Ay)(batch,async key=>{await before();await storage.delete(key)},{concurrency})}}}),26355:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{I:()=>encodeValue,g:()=>encodeKey});function encodeValue(text){return encodeURIComponent(text).replace(/[!'()*]/g,sign=>`%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}function encodeKey(key){return encodeValue(key).replaceAll(`%2F`,`/`)}}),54273:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{y:()=>findMissing});var p_map__WEBPACK_IMPORTED_MODULE_0__=__webpack_require__(606);const concurrency=16;async function findMissing(storage,prefix,expected){const missing=new Map(expected);for await(const{key,size,modified}of storage.list(prefix)){if(isMet(missing.get(key),size,modified))missing.delete(key)}const unlisted=[...missing.keys()];const heads=(0,p_map__WEBPACK_IMPORTED_MODULE_0__.R_)(unlisted,key=>storage.head(key),{concurrency});for await(const head of heads){if(head&&isMet(missing.get(head.key),head.size,head.modified))missing.delete(head.key)}return[...missing.keys()]}function isMet(expected,size,modified){return expected?.size===size&&(expected.since===undefined||modified>=expected.since)}})};