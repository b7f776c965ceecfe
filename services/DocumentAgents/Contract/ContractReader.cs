using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Contract;

/// <summary>The contract specialist: what it is called, who made it, from when until when, under which law.</summary>
internal static class ContractReader
{
    public static Extraction Read(DocumentContent content)
    {
        var prose = Prose.Of(DocumentText.Lines(content));
        var fields = new FieldList();
        if (ContractTitle.Find(prose) is { } title)
        {
            fields.Add("document_name", title.Text, title.Place, title.Confidence);
        }

        var template = TemplateRule.IsTemplate(prose);
        if (template)
        {
            fields.Add("template", "true", prose.PlaceOf(0), 0.9);
        }

        foreach (var party in PartiesRule.Find(prose).Where(party => !TemplateRule.IsPlaceholder(party.Name)))
        {
            fields.Add("parties", party.Name, party.Place, 0.85);
        }

        ContractDates.Add(fields, prose);
        if (GoverningLaw.Find(prose) is { } law && !TemplateRule.IsPlaceholder(law.Text))
        {
            fields.Add("governing_law", law.Text, law.Place, 0.88);
        }

        return fields.ToExtraction(DocumentType.Contract);
    }
}

/// <summary>A piece of text found in a contract.</summary>
internal sealed record ContractText(string Text, Place Place, double Confidence = 0.85);
