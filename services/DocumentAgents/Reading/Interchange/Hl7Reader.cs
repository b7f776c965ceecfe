using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DocumentAgents.Reading.Interchange;

/// <summary>HL7 version 2 messages and batches. Lines that are no segment are let pass, as receivers do.</summary>
internal static class Hl7Reader
{
    public static DocumentContent Read(DocumentSource source)
    {
        var decoded = TextDecoder.Decode(source.Bytes.Span);
        var content = new SegmentedContent(DocumentFormat.Hl7, "application/hl7-v2", source);
        Marks? marks = null;
        var line = 0;
        foreach (var part in decoded.Text.AsSpan().EnumerateLines())
        {
            line++;
            var text = part.Trim("\v\u001c\u0003 ").ToString();
            if (text.Length >= 8 && text[..3] is "MSH" or "FHS" or "BHS")
            {
                marks = new(text[3], text[4], text[5], text[6], text[7]);
                content.RefuseTooMany(text, marks.Field, marks.Component, marks.Repetition);
            }

            if (marks is not null && IsSegment(text, marks))
            {
                content.Add(Parse(text, marks, line));
            }
        }

        return content.Has("MSH")
            ? content.WithLinesOf(decoded)
            : throw ReadException.Malformed("no message header (MSH)", Place.Line(1));
    }

    private static bool IsSegment(string text, Marks marks) =>
        text.Length >= 4 && char.IsAsciiLetterUpper(text[0]) && text.AsSpan(0, 3).IndexOfAnyExcept(UpperOrDigit) < 0
            && text[3] == marks.Field;

    private static readonly System.Buffers.SearchValues<char> UpperOrDigit =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static Segment Parse(string text, Marks marks, int line)
    {
        var fields = text.Split(marks.Field);
        var elements = ImmutableArray.CreateBuilder<SegmentElement>(fields.Length);
        var header = fields[0] is "MSH" or "FHS" or "BHS";
        if (header)
        {
            elements.Add(SegmentElement.Of(marks.Field.ToString()));
            elements.Add(SegmentElement.Of(fields.Length > 1 ? fields[1] : ""));
        }

        foreach (var field in fields.Skip(header ? 2 : 1))
        {
            elements.Add(new([.. field.Split(marks.Repetition).Select(repetition => Components(repetition, marks))]));
        }

        return new(fields[0], text, elements.ToImmutable(), Place.Line(line));
    }

    private static ImmutableArray<string> Components(string repetition, Marks marks) =>
        [.. repetition.Split(marks.Component).Select(component => Unescape(component, marks))];

    private static string Unescape(string value, Marks marks)
    {
        if (!value.Contains(marks.Escape, StringComparison.Ordinal))
        {
            return value;
        }

        var result = new StringBuilder();
        for (var at = 0; at < value.Length; at++)
        {
            var end = value[at] == marks.Escape ? value.IndexOf(marks.Escape, at + 1) : -1;
            if (end < 0)
            {
                result.Append(value[at]);
                continue;
            }

            result.Append(Meaning(value[(at + 1)..end], marks));
            at = end;
        }

        return result.ToString();
    }

    private static string Meaning(string escape, Marks marks) => escape switch
    {
        "F" => marks.Field.ToString(),
        "S" => marks.Component.ToString(),
        "T" => marks.Subcomponent.ToString(),
        "R" => marks.Repetition.ToString(),
        "E" => marks.Escape.ToString(),
        ".br" or ".sp" => "\n",
        ['X', .. var hex] => FromHex(hex),
        _ => "",
    };

    private static string FromHex(string hex)
    {
        var bytes = new List<byte>();
        for (var i = 0; i + 1 < hex.Length; i += 2)
        {
            if (byte.TryParse(hex.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
            }
        }

        return TextDecoder.DecodeLeniently(bytes.ToArray(), null);
    }

    private sealed record Marks(char Field, char Component, char Repetition, char Escape, char Subcomponent);
}
