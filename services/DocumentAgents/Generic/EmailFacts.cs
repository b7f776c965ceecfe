using System.Globalization;
using System.Text.RegularExpressions;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>Who wrote to whom, when, about what, with which files.</summary>
internal static partial class EmailFacts
{
    private const int MaxLines = 400;
    private const int MaxMentions = 40;

    public static Extraction Read(DocumentContent content)
    {
        var fields = new FieldList();
        AddAddresses(fields, content, "from", "from", one: true);
        AddAddresses(fields, content, "to", "to", one: false);
        AddAddresses(fields, content, "cc", "cc", one: false);
        AddHeader(fields, content, "subject", "subject");
        if (content.Properties.TryGetValue("date", out var date))
        {
            fields.Add(FieldName.Date, MailDate.ToIso(date) ?? date, Place.Header("date"), 0.97);
        }

        AddHeader(fields, content, "message-id", "message_id");
        foreach (var attachment in content.Attachments.Where(file => file.Name.Length > 0))
        {
            fields.Add("attachments", attachment.Name, Place.Header("content-disposition"), 0.97);
        }

        AddMentions(fields, content);
        return fields.ToExtraction(DocumentType.Email);
    }

    // Words with figures may be numbers of other documents; whether they are is told by the batch.
    private static void AddMentions(FieldList fields, DocumentContent content)
    {
        var found = content.Lines.Take(MaxLines)
            .SelectMany(line => Mention().Matches(line.Text).Select(match => (match.Value, line.Place)))
            .Where(mention => mention.Value.Count(char.IsAsciiDigit) > 1 && PrintedDates.Find(mention.Value).Count == 0)
            .DistinctBy(mention => mention.Value)
            .Take(MaxMentions);
        foreach (var (number, place) in found)
        {
            fields.Add(FieldName.Mentions, number, place, 0.5);
        }
    }

    private static void AddHeader(FieldList fields, DocumentContent content, string header, string name)
    {
        if (content.Properties.TryGetValue(header, out var value))
        {
            fields.Add(name, value, Place.Header(header), 0.98);
        }
    }

    private static void AddAddresses(FieldList fields, DocumentContent content, string header, string name, bool one)
    {
        if (!content.Properties.TryGetValue(header, out var value))
        {
            return;
        }

        var addresses = Address().Matches(value).Select(match => match.Value).ToList();
        foreach (var address in one ? addresses.TakeLast(1) : addresses)
        {
            fields.Add(name, address, Place.Header(header), 0.98);
        }
    }

    // Letters and figures together, five figures and more, or "4711-26"; no span of years.
    [GeneratedRegex(
        @"(?<![\w@./:+-])(?!(?:19|20)\d\d[-/](?:19|20)?\d\d(?!\d))(?=[\w/-]*(?:\p{L}[\w/-]*\d|\d[\w/-]*\p{L}|\d{5}|\d{3,}[-/]\d{2}))"
        + @"[\p{L}\d]+(?:[-/][\p{L}\d]+){0,5}(?![\w@]|[-/.:]\w)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"[^\s<>,;:""()\[\]]+@[^\s<>,;:""()\[\]]+")]
    private static partial Regex Address();

    /// <summary>The date of a message header (RFC 5322), with its old forms of zones.</summary>
    private static partial class MailDate
    {
        public static string? ToIso(string text)
        {
            var match = Shape().Match(text);
            if (!match.Success || MonthNames.NumberOf(match.Groups[2].Value) is not (> 0 and var month))
            {
                return null;
            }

            var year = Number(match.Groups[3].Value);
            year += match.Groups[3].Length > 2 ? 0 : year < 50 ? 2000 : 1900;
            var day = IsoDate.FromParts(year, month, Number(match.Groups[1].Value));
            var seconds = match.Groups[6].Success ? match.Groups[6].Value : "00";
            return day is null ? null
                : $"{day}T{match.Groups[4].Value.PadLeft(2, '0')}:{match.Groups[5].Value}:{seconds}{Zone(match.Groups[7].Value)}";
        }

        private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

        private static string Zone(string zone) => zone switch
        {
            ['+' or '-', _, _, _, _] => $"{zone[..3]}:{zone[3..]}",
            "EST" => "-05:00",
            "EDT" => "-04:00",
            "CST" => "-06:00",
            "CDT" => "-05:00",
            "MST" => "-07:00",
            "MDT" => "-06:00",
            "PST" => "-08:00",
            "PDT" => "-07:00",
            _ => "+00:00",
        };

        [GeneratedRegex(@"(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{2,4})\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([+-]\d{4}|[A-Z]{1,4})?")]
        private static partial Regex Shape();
    }
}
