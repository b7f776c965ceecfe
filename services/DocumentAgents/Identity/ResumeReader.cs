using System.Text.Json.Nodes;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Identity;

/// <summary>Reads résumés: the JSON forms by their members, all others by their sections.</summary>
internal static class ResumeReader
{
    public static Extraction Read(DocumentContent content)
    {
        var fields = new FieldList();
        if (content.Json is JsonObject document
            && (document["basics"] is JsonObject || document["employment"] is JsonObject || document["work"] is JsonArray))
        {
            JsonResume.Read(fields, document);
        }
        else if (content.Format is DocumentFormat.Json or DocumentFormat.Xml)
        {
            NamedResume.Read(fields, content);
        }
        else
        {
            PrintedResume.Read(fields, Page.Of(ResumeColumns.Unweave(DocumentText.Lines(content))));
        }

        return fields.ToExtraction(DocumentType.Resume);
    }
}
