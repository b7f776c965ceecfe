using System.Text;

namespace Orchestration.Domain.Expressions;

/// <summary>
/// Writes an RE2 pattern, which is what the language specifies, as a .NET one: ASCII classes, <c>$</c> only at the very end,
/// a dot that takes a whole character above U+FFFF, POSIX classes.
/// </summary>
internal static class RegexDialect
{
    private const string AnyCharacter = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\n])";

    internal static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                result.Append(Escape(pattern[++i], inClass));
            }
            else if (inClass && c == '[' && Posix(pattern, ref i) is { } posix)
            {
                result.Append(posix);
            }
            else if (inClass)
            {
                inClass = c != ']' || pattern[i - 1] == '[' || (pattern[i - 1] == '^' && pattern[i - 2] == '[');
                // .NET reads '-[' in a class as a subtraction.
                result.Append(c == '[' ? @"\[" : c.ToString());
            }
            else
            {
                inClass = c == '[';
                result.Append(c switch { '.' => AnyCharacter, '$' => @"\z", _ => c.ToString() });
            }
        }

        return result.ToString();
    }

    private static string Escape(char c, bool inClass) => c switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        's' => inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]",
        'D' when !inClass => "[^0-9]",
        'W' when !inClass => "[^0-9A-Za-z_]",
        'S' when !inClass => @"[^\t\n\f\r ]",
        'z' => @"\z",
        _ => $@"\{c}",
    };

    private static string? Posix(string pattern, ref int at)
    {
        int end = at + 1 < pattern.Length && pattern[at + 1] == ':' ? pattern.IndexOf(":]", at, StringComparison.Ordinal) : -1;
        string? set = end < 0 ? null : pattern[(at + 2)..end] switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "lower" => "a-z",
            "upper" => "A-Z",
            "space" => @"\t\n\v\f\r ",
            "punct" => @"!-/:-@\[-`{-~",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            _ => null,
        };
        at = set is null ? at : end + 1;
        return set;
    }
}
