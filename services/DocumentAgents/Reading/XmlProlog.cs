namespace DocumentAgents.Reading;

internal static class XmlProlog
{
    /// <summary>What follows blanks, processing instructions and comments: the document type declaration or the root element.</summary>
    public static ReadOnlySpan<char> Skip(ReadOnlySpan<char> text)
    {
        var rest = text.TrimStart('\uFEFF').TrimStart();
        while (rest.StartsWith("<?") || rest.StartsWith("<!--"))
        {
            var end = rest.StartsWith("<?") ? "?>" : "-->";
            var at = rest.IndexOf(end);
            if (at < 0)
            {
                return rest;
            }

            rest = rest[(at + end.Length)..].TrimStart();
        }

        return rest;
    }
}
