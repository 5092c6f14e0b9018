/** Light and dark by the visitor's choice; one column on a telephone, cards beside each other on a desk. */
export const style = `
:root{--ink:#1b1f24;--quiet:#59636e;--paper:#f6f7f9;--card:#fff;--line:#d9dee4;--accent:#0b62c4;--soft:#eaf2fc;--code:#f1f3f6}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--quiet:#9aa5b1;--paper:#101317;--card:#181c22;--line:#2c333c;--accent:#74b3ff;--soft:#15273d;--code:#11151a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:68rem;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,2rem);background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
h1,h2,h3,p,ul{margin:0}
h1{font-size:clamp(1.9rem,6vw,2.8rem);line-height:1.15;letter-spacing:-.02em;overflow-wrap:anywhere}
header p,.quiet,.platform code,.size{color:var(--quiet)}
header{margin-bottom:2.25rem}
header .copy{margin-top:1rem;border:1px solid var(--line);background:var(--card)}
header .copy button{border-left-color:var(--line)}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.title{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1rem;margin-bottom:1rem}
.title h2{font-size:1.4rem;overflow-wrap:anywhere}
.badge{padding:.1rem .6rem;border-radius:1rem;background:var(--soft);color:var(--accent);font-size:.8rem;font-weight:600;white-space:nowrap}
.notes{margin:-.25rem 0 1.25rem;max-width:46rem;overflow-wrap:anywhere}
.notes p+p,.notes ul{margin-top:.4rem}
.notes ul+p{margin-top:.9rem}
.notes ul{padding-left:1.2rem;list-style:disc}
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
.file .name{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline}
.file .name span.size{margin-left:auto}
.file .name a:first-child{font-weight:600;overflow-wrap:anywhere}
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
