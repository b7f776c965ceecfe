namespace DocumentAgents.Layout;

/// <summary>A piece of a line that stands apart from its neighbours.</summary>
/// <param name="Start">Where it begins in the line.</param>
internal readonly record struct ColumnText(string Text, int Start)
{
    public int End => Start + Text.Length;
}

/// <summary>Cuts a line into columns: two blanks or more, a tab and a bar separate.</summary>
internal static class Columns
{
    public static IEnumerable<ColumnText> Split(string line)
    {
        var start = -1;
        var blanks = 0;
        for (var index = 0; index <= line.Length; index++)
        {
            var character = index < line.Length ? line[index] : '\t';
            if (character is '\t' or '|' || (character == ' ' && blanks > 0))
            {
                if (start >= 0)
                {
                    yield return new(line[start..(index - blanks)].TrimEnd(), start);
                    start = -1;
                }

                blanks = 0;
            }
            else if (character is ' ' or '\u00A0')
            {
                blanks = start >= 0 ? 1 : 0;
            }
            else
            {
                start = start < 0 ? index : start;
                blanks = 0;
            }
        }
    }
}
