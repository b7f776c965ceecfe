namespace Orchestration.Domain.Plans;

/// <summary>
/// Blanks out <c>// …</c> and <c>/* … */</c> outside of strings, so that a plan written as an object of a script, with bare keys
/// and comments, can be read as YAML in flow style. Every character keeps its place.
/// </summary>
internal static class ScriptComments
{
    internal static string Blank(string text)
    {
        char[] result = text.ToCharArray();
        char quote = '\0';
        for (int i = 0; i < result.Length; i++)
        {
            if (quote != '\0')
            {
                i += result[i] == '\\' ? 1 : 0;
                quote = i < result.Length && result[i] == quote ? '\0' : quote;
            }
            else if (result[i] is '"' or '\'')
            {
                quote = result[i];
            }
            else if (EndOf(text, i) is { } end)
            {
                BlankOut(result, i, end);
                i = end - 1;
            }
        }

        return new string(result);
    }

    private static void BlankOut(char[] text, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            text[i] = text[i] is '\n' or '\r' ? text[i] : ' ';
        }
    }

    /// <summary>Where the comment that starts here ends; null when none starts. A slash inside a word, as in a URL, starts none.</summary>
    private static int? EndOf(string text, int at)
    {
        bool startsWord = at == 0 || char.IsWhiteSpace(text[at - 1]) || text[at - 1] is ',' or '{' or '[' or '}' or ']';
        if (text[at] != '/' || !startsWord || at + 1 == text.Length)
        {
            return null;
        }

        int end = text[at + 1] switch
        {
            '/' => text.IndexOf('\n', at),
            '*' when text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close => close + 2,
            '*' => -1,
            _ => at,
        };
        return end == at ? null : end < 0 ? text.Length : end;
    }
}
