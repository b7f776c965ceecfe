using System.Collections.Immutable;
using System.Globalization;

namespace DocumentAgents.Reading;

/// <summary>Comma-separated values as RFC 4180 has them, with any of the usual delimiters. Cells stay text, formulas included.</summary>
internal static class CsvDocumentReader
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var delimiter = Sniff(decoded.Text);
        var rows = CsvRows.Parse(decoded.Text, delimiter, source);
        var lines = rows.Select(row => new TextLine(string.Join('\t', row.Cells), Place.Line(row.Line)));
        return new()
        {
            Format = DocumentFormat.Csv,
            MediaType = "text/csv",
            Lines = [.. lines],
            Tables = [new Table("", [.. rows.Select(row => row.Cells)]) { PlaceKind = "line",
                RowNumbers = [.. rows.Select(row => row.Line)] }],
            Properties = ImmutableDictionary<string, string>.Empty
                .Add("encoding", decoded.Encoding)
                .Add("delimiter", delimiter.ToString(CultureInfo.InvariantCulture)),
        };
    }

    // The delimiter that splits the first lines into the same number of cells most often; more cells decide a tie.
    private static char Sniff(string text)
    {
        var best = ',';
        var bestScore = 0d;
        var counts = SampleCounts(text);
        for (var i = 0; i < Delimiters.Length; i++)
        {
            var used = counts.Select(line => line[i]).Where(count => count > 0).ToList();
            if (used.Count == 0)
            {
                continue;
            }

            var common = used.GroupBy(count => count).MaxBy(group => group.Count())!;
            var score = (double)common.Count() / counts.Count + Math.Min(common.Key, 50) / 1000d;
            if (score > bestScore)
            {
                (best, bestScore) = (Delimiters[i], score);
            }
        }

        return best;
    }

    private static List<int[]> SampleCounts(string text)
    {
        var lines = new List<int[]>();
        var line = new int[Delimiters.Length];
        var quoted = false;
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 64 * 1024)))
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == '\n' && !quoted)
            {
                lines.Add(line);
                line = new int[Delimiters.Length];
            }
            else if (!quoted && Array.IndexOf(Delimiters, c) is var i and >= 0)
            {
                line[i]++;
            }
        }

        lines.Add(line);
        lines.RemoveAll(counts => counts.All(count => count == 0));
        return lines.Count > 0 ? lines : [line];
    }
}
