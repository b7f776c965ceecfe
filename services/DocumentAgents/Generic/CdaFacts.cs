using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Generic;

/// <summary>Header of a clinical document (HL7 CDA).</summary>
internal static class CdaFacts
{
    public static Extraction Read(XElement root)
    {
        var fields = new FieldList();
        fields.AddText(FieldName.Title, root.Child("title"));
        AddAttribute(fields, "document_id", root.Child("id"), "extension");
        AddDate(fields, "effective_date", root.Child("effectiveTime"));
        var patient = root.Child("recordTarget", "patientRole", "patient");
        fields.AddText("patient_family", patient.Child("name", "family"));
        fields.AddText("patient_given", patient.Child("name", "given"));
        AddDate(fields, "birth_date", patient.Child("birthTime"));
        AddAttribute(fields, "sex", patient.Child("administrativeGenderCode"), "code");
        return fields.ToExtraction(DocumentType.ClinicalRecord);
    }

    private static void AddAttribute(FieldList fields, string name, XElement? element, string attribute) =>
        fields.Add(name, element?.Attribute(attribute)?.Value, element?.Place() ?? new("xpath", "/"), 0.98);

    private static void AddDate(FieldList fields, string name, XElement? element)
    {
        var text = element?.Attribute("value")?.Value ?? "";
        if (IsoDate.FromDigits(text.Length > 8 ? text[..8] : text) is { } date)
        {
            fields.Add(name, date, element!.Place(), 0.98);
        }
        else if (text.Length >= 8)
        {
            fields.Impossible($"'{text}' is no date.", element!.Place());
        }
    }
}
