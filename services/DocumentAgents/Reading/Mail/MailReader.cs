using System.Collections.Immutable;

namespace DocumentAgents.Reading.Mail;

/// <summary>E-mails: header fields become properties and first lines, text parts become lines, everything else attachments.</summary>
internal static class MailReader
{
    private static readonly string[] Shown = ["from", "to", "cc", "date", "subject"];

    private static readonly string[] Single = ["from", "sender", "reply-to", "date", "subject", "message-id"];

    public static DocumentContent Read(DocumentSource source)
    {
        var text = new MailText(source.Bytes);
        var at = FirstLine(text);
        var headers = MailHeaders.Read(text, ref at);
        if (headers.Fields.Count == 0)
        {
            throw ReadException.Malformed("no header fields", Place.Line(1));
        }

        var parts = new MailParts(text, source);
        foreach (var name in Shown)
        {
            if (headers[name] is { } value)
            {
                parts.AddLine(new($"{char.ToUpperInvariant(name[0])}{name[1..]}: {EncodedWords.Decode(value)}", Place.Header(name),
                    Role: "header"));
            }
        }

        parts.Read(headers, at, text.Length);
        return new()
        {
            Format = DocumentFormat.Email,
            MediaType = "message/rfc822",
            Lines = parts.Lines,
            Tables = parts.Tables,
            Attachments = parts.Attachments,
            Properties = Properties(headers),
        };
    }

    private static int FirstLine(MailText text)
    {
        var at = text.Length >= 3 && text.Bytes(0, 3).SequenceEqual((byte[])[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        while (at < text.Length && text.RawLine(at, text.Length, out var next).IsWhiteSpace())
        {
            at = next;
        }

        return at;
    }

    private static ImmutableDictionary<string, string> Properties(MailHeaders headers)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var all in headers.Fields.GroupBy(field => field.Name))
        {
            // A message has one of each: what follows was put there by somebody else.
            var group = Single.Contains(all.Key) ? all.Take(1).ToList() : [.. all];
            properties[all.Key] = string.Join('\n', group.Select(field => EncodedWords.Decode(field.Value)));
            if (all.Key is "from" or "to" or "cc" or "bcc" or "reply-to" or "sender")
            {
                properties[all.Key + ".addresses"] = string.Join('\n', group.SelectMany(field => MailAddresses.In(field.Value)));
            }
        }

        return properties.ToImmutable();
    }
}
