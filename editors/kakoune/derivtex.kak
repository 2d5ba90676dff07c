# Derive matrix derivatives in LaTeX: select a formula, :derivtex -w W
# source this file in your kakrc; map global user d ': derivtex<ret>'

declare-option -docstring 'the derivtex program, with arguments before its own' str derivtex_command derivtex
declare-option -docstring 'options of every derivation' str-list derivtex_options

define-command derivtex -params .. -docstring 'derivtex [options]: write the derivation of each selection on the lines below it' %{
    evaluate-commands -itersel %{ derivtex-run '<a-:>;ghgl<a-!>' below derive %arg{@} }
}

define-command derivtex-here -params .. -docstring 'derivtex-here [options]: write the derivation of the formula that the cursor is in below its display' %{
    derivtex-inserted --line %val{cursor_line} --column %val{cursor_char_column} %arg{@}
}

define-command -hidden derivtex-inserted -params .. %{
    evaluate-commands -draft %{
        execute-keys '<percent>'
        derivtex-run '|' text insert --name %val{buffile} %arg{@}
    }
}

define-command derivtex-replace -params .. -docstring 'derivtex-replace [options]: put its derivation in place of each selection' %{
    evaluate-commands -itersel %{ derivtex-run '|' text derive %arg{@} }
}

define-command derivtex-answer -params .. -docstring 'derivtex-answer [options]: write the answer to the question in each selection below it' %{
    evaluate-commands -itersel %{ derivtex-run '<a-:>;ghgl<a-!>' below answer %arg{@} }
}

define-command derivtex-check -params .. -docstring 'derivtex-check [options]: the verdicts on the lines of this file, in a buffer' %{
    write
    evaluate-commands %sh{
        report=$(mktemp "${TMPDIR:-/tmp}/derivtex.XXXXXX")
        $kak_opt_derivtex_command check "$@" "$kak_buffile" >"$report" 2>&1
        printf 'edit! -scratch *derivtex*\nset-option buffer filetype grep\nexecute-keys "%%%%|cat %s; rm %s<ret>gg"\n' "$report" "$report"
    }
}

# The keys that place the output of a shell command, which of the two texts it is, what is done, then the options.
define-command -hidden derivtex-run -params 3.. %{
    evaluate-commands %sh{
        keys=$1 placed=$2 do=$3
        shift 3
        if [ "$do" != answer ]; then eval "set -- \"\$@\" $kak_quoted_opt_derivtex_options"; fi
        if [ "$do" = derive ] && [ -f "$kak_buffile" ]; then set -- "$@" --context "$kak_buffile"; fi
        folder=$(mktemp -d "${TMPDIR:-/tmp}/derivtex.XXXXXX")
        if printf '%s' "$kak_selection" | $kak_opt_derivtex_command "$do" - "$@" >"$folder/text" 2>"$folder/said"; then
            printf '\n%s' "$(cat "$folder/text")" >"$folder/below"
            printf 'execute-keys -draft "%scat %s; rm -r %s<ret>"\n' "$keys" "$folder/$placed" "$folder"
        else
            said=$(head -n 1 "$folder/said" | sed "s/'/''/g")
            rm -r "$folder"
            printf "fail 'derivtex: %s'\n" "${said:-$kak_opt_derivtex_command ended without a word}"
        fi
    }
}
