# SPDX-License-Identifier: MIT
# Completion of honua's command line in fish: /usr/share/fish/vendor_completions.d/honua.fish. What may stand at the
# cursor, the program tells itself.

function __honua_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    # Without quotes, also one that is still open.
    set -l word (string unescape -- $current; or string replace -r -- '^[\'"]' '' $current)
    set -l lines ($before[1] __complete words (count $before) $before "$word" 2>/dev/null)
    set -q lines[1]; or return
    for line in $lines[1..-2]
        echo $line
    end
    switch $lines[-1]
        case ':files*'
            if string match -qr -- '^--[^=]*=' $current
                set -l option (string replace -r -- '=.*' '=' $current)
                for path in (__fish_complete_path (string replace -r -- "^--[^=]*=" "" $word))
                    echo $option$path
                end
            else
                __fish_complete_path $word
            end
        case ':programs*'
            __fish_complete_command
    end
end

complete -c honua -f -a '(__honua_complete)'
