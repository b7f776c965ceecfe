namespace DocumentAgents.Reading;

/// <summary>What the bytes of a document are, decided by their content first and by the file name second.</summary>
internal enum DocumentFormat
{
    Text,
    Markdown,
    Xml,
    Json,
    Csv,
    Html,
    Email,
    Docx,
    Xlsx,
    Pdf,
    Ofx,
    Qif,
    Mt940,
    Edifact,
    X12,
    Ach,
    Hl7,
}
