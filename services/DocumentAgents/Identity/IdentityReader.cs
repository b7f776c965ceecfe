using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>The specialist for documents about a person: identity documents and résumés.</summary>
internal static class IdentityReader
{
    public static Extraction Read(DocumentContent content, string type)
    {
        if (type == DocumentType.Resume)
        {
            return ResumeReader.Read(content);
        }

        var fields = new FieldList();
        var lines = DocumentText.Lines(content);
        if (MrzZone.Find(lines) is { } zone)
        {
            MrzReader.Read(fields, zone);
        }
        else
        {
            PrintedIdentity.Read(fields, lines);
        }

        return fields.ToExtraction(DocumentType.IdentityDocument);
    }
}
