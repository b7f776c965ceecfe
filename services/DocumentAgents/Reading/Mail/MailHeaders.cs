using System.Text;

namespace DocumentAgents.Reading.Mail;

/// <summary>The header fields of a message or part, unfolded, with encoded words still encoded.</summary>
internal sealed class MailHeaders
{
    private const int MaxFields = 10_000;
    private readonly List<(string Name, string Value)> fields = [];

    /// <summary>Lower-case names in the order of the message.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => fields;

    public string? this[string name] => fields.FirstOrDefault(field => field.Name == name).Value;

    /// <summary>
    /// Reads fields from <paramref name="at"/>, which ends up behind the blank line after them. A line that is no field ends them too.
    /// </summary>
    public static MailHeaders Read(MailText text, ref int at)
    {
        var headers = new MailHeaders();
        var value = new StringBuilder();
        string? name = null;
        while (at < text.Length)
        {
            var line = text.Line(at, out var next);
            if (line.Length > 0 && line[0] is ' ' or '\t' && name is not null && line.AsSpan().Trim().Length > 0)
            {
                value.Append(' ').Append(line.Trim());
            }
            else if (FieldName(line) is { } found)
            {
                headers.Add(name, value);
                name = found;
                value.Append(line[(found.Length + 1)..].Trim());
            }
            else if (!(headers.fields.Count == 0 && name is null && line.StartsWith("From ", StringComparison.Ordinal)))
            {
                at = string.IsNullOrWhiteSpace(line) ? next : at;
                break;
            }

            at = next;
        }

        headers.Add(name, value);
        return headers;
    }

    private void Add(string? name, StringBuilder value)
    {
        if (fields.Count >= MaxFields)
        {
            throw ReadException.Limit($"more than {MaxFields} header fields");
        }

        if (name is not null)
        {
            fields.Add((name.ToLowerInvariant(), value.ToString()));
        }

        value.Clear();
    }

    private static string? FieldName(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && line.AsSpan(0, colon).IndexOfAnyExceptInRange('!', '~') < 0 ? line[..colon] : null;
    }
}
