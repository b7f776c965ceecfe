using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Contract;

internal static class ContractReader
{
    public static Extraction Read(DocumentContent content) => new FieldList().ToExtraction(content.Lines.IsEmpty ? DocumentType.Contract : DocumentType.Contract);
}
