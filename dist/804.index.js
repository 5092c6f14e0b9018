export const id=804;export const ids=[804];export const modules={60804:((__unused_webpack___webpack_module__,__webpack_exports__,__webpack_require__)=>{__webpack_require__.d(__webpack_exports__,{completionScript:()=>completionScript});var commands_all=__webpack_require__(81147);var cli_option=__webpack_require__(36591);;function bashScript({next,commands}){const cases=[...next.map(({after,words})=>`    ${pattern([`${after.length+1}`,...after])}) found='${words.map(({word})=>word).join(` `)}' ;;`),...commands.map(commandCase)];return`# bash completion of alba: source <(alba completion bash)
_alba() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} found=
  # Of --name=value, the sign is a word of its own.
  if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  case "$COMP_CWORD \${COMP_WORDS[1]} \${COMP_WORDS[2]} " in
${cases.join(`
`)}
  esac
  COMPREPLY=($(compgen -W "$found" -- "$word"))
}
complete -o default -F _alba alba
`}function commandCase({words,options,choices}){const known=options.filter(option=>option.choices.length>0).map(option=>`        ${flagsOf(option).join(`|`)}) found='${option.choices.join(` `)}' ;;\n`);const others=options.filter(({placeholder,choices:own})=>placeholder!==undefined&&own.length===0);const files=others.length>0?`        ${others.flatMap(flagsOf).join(`|`)}) ;;\n`:``;const flags=options.flatMap(flagsOf).join(` `);return`    ${pattern([`*`,...words])})
      case $before in
${known.join(``)}${files}        *) if [[ $word == -* ]]; then found='${flags}'; else found='${choices.join(` `)}'; fi ;;
      esac
      ;;`}function pattern(words){return`${words.map(word=>`${word}\\ `).join(``)}*`}function flagsOf({names,short}){return[...short===undefined?[]:[`-${short}`],...names.map(name=>`--${name}`)]};function fishScript({next,commands}){const lines=[...next.flatMap(({after,words})=>words.map(({word,about})=>`complete -c alba -f -n '__alba_after ${after.join(` `)}' -a ${word} -d ${quoted(about)}`)),...commands.flatMap(commandLines)];return`# fish completion of alba: alba completion fish | source
function __alba_after --description 'Whether these are all words so far'
    set -l words (commandline -opc)
    test "$words[2..-1]" = "$argv"
end
function __alba_runs --description 'Whether these are the first words'
    set -l words (commandline -opc)
    test "$words[2..$(math (count $argv) + 1)]" = "$argv"
end
${lines.join(`
`)}
`}function commandLines({words,options,choices}){const start=`complete -c alba -n '__alba_runs ${words.join(` `)}'`;return[...choices.length>0?[`${start} -f -a ${quoted(choices.join(` `))}`]:[],...options.map(option=>`${start} ${optionWords(option)}`)]}function optionWords({names,short,placeholder,about,choices}){const flags=[...names.map(name=>`-l ${name}`),...short===undefined?[]:[`-s ${short}`]];const values=choices.length>0?[`-x -a ${quoted(choices.join(` `))}`]:placeholder===undefined?[]:[`-r`];return[...flags,...values,`-d ${quoted(about)}`].join(` `)}function quoted(text){return`'${text.replace(/[\\']/g,`\\$&`)}'`};function zshScript({next,commands}){const cases=[...next.map(({after,words})=>{const found=words.map(({word,about})=>zsh_quoted(`${word}:${about}`)).join(` `);return`    ${zsh_pattern([`${after.length+2}`,...after])}) found=(${found}); _describe command found ;;`}),...commands.map(zsh_commandCase)];return`#compdef alba
# zsh completion of alba: source <(alba completion zsh)
_alba() {
  local -a found
  case "$CURRENT $words[2] $words[3] " in
${cases.join(`
`)}
  esac
}
if [[ $funcstack[1] == _alba ]]; then _alba "$@"; else compdef _alba alba; fi
`}function zsh_commandCase({words,options,choices}){const rest=zsh_quoted(`*:word:${choices.length>0?`(${choices.join(` `)})`:`_files`}`);const specs=[...options.flatMap(specsOf),rest].map(spec=>`        ${spec}`);return`    ${zsh_pattern([`*`,...words])})
      shift ${words.length} words
      (( CURRENT -= ${words.length} ))
      _arguments \\
${specs.join(` \\
`)}
      ;;`}function specsOf({names,short,placeholder,about,choices,isRepeated}){const values=choices.length>0?`(${choices.join(` `)})`:`_files`;const value=placeholder===undefined?``:`:${placeholder.replaceAll(`:`,`\\:`)}:${values}`;const text=`[${about.replace(/[[\]\\]/g,`\\$&`)}]${value}`;const flags=[...short===undefined?[]:[`-${short}`],...names.map(name=>`--${name}`)];return flags.map(flag=>zsh_quoted(`${isRepeated?`*`:``}${flag}${text}`))}function zsh_pattern(words){return`${words.map(word=>`${word}\\ `).join(``)}*`}function zsh_quoted(text){return`'${text.replaceAll(`'`,`'\\''`)}'`};const scripts={bash:bashScript,zsh:zshScript,fish:fishScript};function completionScript(shell,commands){return scripts[shell](completedOf(commands))}function completedOf(commands){const named=commands.map(command=>({...command,words:command.name.split(` `)}));const alone=named.filter(({words})=>words.length===1);return{next:[{after:[],words:[...Object.entries(commands_all.TJ).map(([word,about])=>({word,about})),...alone.map(({name,about})=>({word:name,about:(0,cli_option.pj)(about)}))]},...Object.keys(commands_all.TJ).map(family=>({after:[family],words:named.filter(({words})=>words.length===2&&words[0]===family).map(({words,about})=>({word:words[1]??``,about:(0,cli_option.pj)(about)}))}))],commands:named.map(({words,inputs,schema})=>({words,options:[...(0,cli_option.mG)(inputs),...schema?cli_option._F:[],cli_option.hP],choices:(0,cli_option.Z9)(inputs).flatMap(([,input])=>input.choices??[])}))}}})};