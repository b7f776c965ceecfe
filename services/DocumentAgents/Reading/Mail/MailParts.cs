using System.Collections.Immutable;
using System.Globalization;

namespace DocumentAgents.Reading.Mail;

/// <summary>Takes the body of a message apart.</summary>
internal sealed class MailParts(MailText text, DocumentSource source)
{
    private readonly LineCollector lines = new(source);
    private readonly ImmutableArray<Attachment>.Builder attachments = ImmutableArray.CreateBuilder<Attachment>();
    private int parts;

    public ImmutableArray<TextLine> Lines => lines.Lines;

    public ImmutableArray<Table> Tables => lines.Tables;

    public ImmutableArray<Attachment> Attachments => attachments.ToImmutable();

    public void AddLine(TextLine line) => lines.Add(line);

    public void Read(MailHeaders headers, int start, int end) => Read(new Part(headers, start, end), "1", 0);

    private void Read(Part part, string path, int depth)
    {
        if (depth > source.Limits.MaxNesting || ++parts > source.Limits.MaxEntries)
        {
            throw ReadException.Limit("too many parts, or nested too deep", Place.Line(text.LineNumber(part.Start)));
        }

        source.Cancellation.ThrowIfCancellationRequested();
        if (part.Type.Value.StartsWith("multipart/", StringComparison.Ordinal) && part.Type["boundary"] is { Length: > 0 } boundary)
        {
            ReadMultipart(part, Children(part, boundary), path, depth);
        }
        else if (part.IsText)
        {
            AddText(part, path);
        }
        else
        {
            var name = part.FileName ?? $"part-{path}{(part.Type.Value == "message/rfc822" ? ".eml" : "")}";
            attachments.Add(new(name, part.Type.Value, TransferEncoding.Decode(text, part.Start, part.End, part.Encoding)));
        }
    }

    private void ReadMultipart(Part part, List<Part> children, string path, int depth)
    {
        var chosen = part.Type.Value == "multipart/alternative" ? Preferred(children) : null;
        for (var i = 0; i < children.Count; i++)
        {
            if (chosen is null || children[i] == chosen || !children[i].IsText)
            {
                Read(children[i], $"{path}.{(i + 1).ToString(CultureInfo.InvariantCulture)}", depth + 1);
            }
        }
    }

    // The plain version, unless it is blank: then the richest, which comes last.
    private Part? Preferred(List<Part> children) =>
        children.Find(child => child.IsText && child.Type.Value != "text/html" && !text.Raw(child.Start, child.End).AsSpan().IsWhiteSpace())
        ?? children.FindLast(child => child.IsText);

    private List<Part> Children(Part part, string boundary)
    {
        var children = new List<Part>();
        var delimiter = "--" + boundary;
        var begin = -1;
        var closed = false;
        for (var at = part.Start; at < part.End && !closed;)
        {
            var line = text.RawLine(at, part.End, out var next);
            if (line.StartsWith(delimiter, StringComparison.Ordinal) && line[delimiter.Length..].Trim() is var rest
                && (rest.IsEmpty || rest.SequenceEqual("--")))
            {
                AddChild(children, begin, at);
                begin = next;
                closed = !rest.IsEmpty;
            }

            at = next;
        }

        if (!closed)
        {
            AddChild(children, begin, part.End);
        }

        return children;
    }

    private void AddChild(List<Part> children, int begin, int end)
    {
        if (begin < 0 || begin >= end)
        {
            return;
        }

        if (children.Count > source.Limits.MaxEntries)
        {
            throw ReadException.Limit("too many parts");
        }

        // The line break before a delimiter belongs to the delimiter.
        var last = text.Raw(Math.Max(begin, end - 2), end);
        end -= last == "\r\n" ? 2 : last.EndsWith('\n') || last.EndsWith('\r') ? 1 : 0;
        var at = begin;
        var headers = MailHeaders.Read(text, ref at);
        children.Add(new(headers, Math.Min(at, end), end));
    }

    private void AddText(Part part, string path)
    {
        var bytes = TransferEncoding.Decode(text, part.Start, part.End, part.Encoding);
        var decoded = TextDecoder.DecodeLeniently(bytes, part.Type["charset"]).Replace("\0", "", StringComparison.Ordinal);
        if (part.Type.Value == "text/html")
        {
            var (htmlLines, tables) = Html.HtmlDocumentReader.ReadFragment(decoded, source);
            Add(htmlLines, path);
            foreach (var table in tables)
            {
                lines.AddTable(table);
            }
        }
        else
        {
            Add(TextLines.Of(decoded, source.Limits), path);
        }
    }

    private void Add(ImmutableArray<TextLine> found, string path)
    {
        foreach (var line in found)
        {
            lines.Add(line with { Place = new("part", $"{path}, line {line.Place.Value}") });
        }
    }

    private sealed record Part(MailHeaders Headers, int Start, int End)
    {
        public MailParameters Type { get; } = new(Headers["content-type"] ?? "text/plain");

        public MailParameters Disposition { get; } = new(Headers["content-disposition"]);

        public string? Encoding => Headers["content-transfer-encoding"];

        public string? FileName => Disposition["filename"] ?? Type["name"];

        public bool IsText => Disposition.Value != "attachment" && FileName is null
            && (Type.Value.Length == 0 || Type.Value.StartsWith("text/", StringComparison.Ordinal)
                || Type.Value == "message/delivery-status");
    }
}
