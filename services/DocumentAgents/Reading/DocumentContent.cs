using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace DocumentAgents.Reading;

/// <summary>One line in reading order.</summary>
/// <param name="X">Distance of the first character from the left edge in points, where the format knows it (PDF).</param>
/// <param name="Role">What the line is in its document, where the format says so: <c>title</c>, <c>heading 2</c>, <c>header</c>,
/// <c>footer</c>, <c>note</c>, <c>row</c> of a table.</param>
internal sealed record TextLine(string Text, Place Place, double? X = null, string? Role = null);

/// <summary>A file inside the document: an attachment of an e-mail, or a file embedded in a PDF such as the XML of Factur-X.</summary>
internal sealed record Attachment(string Name, string MediaType, ReadOnlyMemory<byte> Bytes);

/// <summary>What a document says, in the shapes its format has; what a format does not have is empty or null.</summary>
internal sealed record DocumentContent
{
    private string? text;

    public required DocumentFormat Format { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Lines in reading order. XML and JSON give one line <c>name: value</c> for every leaf.</summary>
    public ImmutableArray<TextLine> Lines { get; init; } = [];

    /// <summary>The tree of XML and of OFX (1.x is brought into XML form), with line information.</summary>
    public XDocument? Xml { get; init; }

    public JsonNode? Json { get; init; }

    /// <summary>Tables of csv, xlsx, html and docx.</summary>
    public ImmutableArray<Table> Tables { get; init; } = [];

    /// <summary>Segments, fields or records of EDIFACT, X12, HL7, MT940, QIF and ACH.</summary>
    public ImmutableArray<Segment> Segments { get; init; } = [];

    public ImmutableArray<Attachment> Attachments { get; init; } = [];

    /// <summary>
    /// Facts about the document: headers of an e-mail (lower-case names), <c>title</c>, <c>author</c>, <c>encoding</c>, <c>pages</c>,
    /// <c>delimiter</c> of a csv, <c>text</c> = <c>none</c> for a PDF of images,
    /// <c>unreadable_glyphs</c> of a PDF whose fonts do not say what they show. Names are lower-case.
    /// </summary>
    public ImmutableDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>All lines joined by line feeds.</summary>
    public string Text => text ??= string.Join('\n', Lines.Select(line => line.Text));
}
