# Completion of ottawa for bash 4.4 and later: source it from ~/.bashrc.
_ottawa() {
    local answer
    COMPREPLY=()
    answer=$(_OTTAWA_COMPLETE=bash "$1" "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
    case $answer in
        '') return ;;
        '<files>') compopt -o default; return ;;
        *=) compopt -o nospace ;;
    esac
    mapfile -t COMPREPLY <<<"$answer"
}
complete -F _ottawa ottawa
