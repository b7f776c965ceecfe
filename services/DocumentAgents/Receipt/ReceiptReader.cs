using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Receipt;

internal static class ReceiptReader
{
    public static Extraction Read(DocumentContent content) => new FieldList().ToExtraction(content.Lines.IsEmpty ? DocumentType.Receipt : DocumentType.Receipt);
}
