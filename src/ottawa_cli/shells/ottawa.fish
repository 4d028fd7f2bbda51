# Completion of ottawa for fish 3.1 and later: put it into ~/.config/fish/completions/ottawa.fish.
function __ottawa_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    for line in (_OTTAWA_COMPLETE=fish $words[1] $words[2..] "$word" 2>/dev/null)
        if test "$line" = '<files>'
            # In --output=NAME only what follows the sign is the name of a file.
            set -l parts (string match -r -- '^(--[^=]*=|)(.*)$' $word)
            for file in (__fish_complete_path $parts[3])
                echo -- $parts[2]$file
            end
        else
            echo -- $line
        end
    end
end
complete -c ottawa -f -a '(__ottawa_complete)'
