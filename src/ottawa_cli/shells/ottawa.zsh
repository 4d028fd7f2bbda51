#compdef ottawa
# Completion of ottawa for zsh: source it from ~/.zshrc after compinit, or name it _ottawa in $fpath.
_ottawa() {
    local line value offer program=${~words[1]}
    local -a final open
    for line in "${(@f)$(_OTTAWA_COMPLETE=zsh $program "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
        value=${line%%$'\t'*}
        offer="${value//:/\\:}${line#$value}"
        offer="${offer/$'\t'/:}"
        case $value in
            '') ;;
            '<files>')
                # In --output=NAME only what follows the sign is the name of a file.
                if [[ $PREFIX == --*=* ]]; then
                    IPREFIX+="${PREFIX%%=*}="
                    PREFIX="${PREFIX#*=}"
                fi
                _files
                return ;;
            *=) open+=("$offer") ;;
            *) final+=("$offer") ;;
        esac
    done
    (( $#final + $#open )) || return 1
    _describe -t values value final -- open -S ''
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _ottawa "$@"
else
    compdef _ottawa ottawa
fi
