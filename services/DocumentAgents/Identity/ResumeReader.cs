using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

internal static class ResumeReader
{
    public static Extraction Read(DocumentContent content) => new FieldList().ToExtraction(content.Lines.IsEmpty ? DocumentType.Resume : DocumentType.Resume);
}
