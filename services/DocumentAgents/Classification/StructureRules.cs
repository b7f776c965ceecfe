using System.Text.Json.Nodes;
using System.Xml.Linq;
using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;
using DocumentAgents.Trade;

namespace DocumentAgents.Classification;

/// <summary>Decides by what a format for machines says about itself: a root element, a message name, a resource type.</summary>
internal static class StructureRules
{
    private static readonly string[] ResumeSections = ["work", "employment", "education", "skills", "experience", "workExperience"];

    private static readonly string[] NamedRoots =
        [DocumentType.Invoice, DocumentType.CreditNote, DocumentType.PurchaseOrder, DocumentType.DespatchAdvice];

    /// <summary>The decision; null when the structure says nothing and the words must decide.</summary>
    public static TypeDecision? Decide(DocumentContent content) => content.Format switch
    {
        DocumentFormat.Ofx or DocumentFormat.Mt940 or DocumentFormat.Qif =>
            TypeDecision.Certain(DocumentType.BankStatement, $"format {content.Format}"),
        DocumentFormat.Ach => TypeDecision.Certain(DocumentType.PaymentFile, "format ACH"),
        DocumentFormat.Hl7 => TypeDecision.Certain(DocumentType.ClinicalRecord, "format HL7 v2"),
        DocumentFormat.Email => TypeDecision.Certain(DocumentType.Email, "message headers"),
        DocumentFormat.Edifact => Message(EdifactReader.TypeOf(content.Segments), "EDIFACT message", content),
        DocumentFormat.X12 => Message(X12Reader.TypeOf(content.Segments), "X12 transaction set", content),
        DocumentFormat.Xml when content.Xml?.Root is { } root => Xml(root) ?? Named(content),
        DocumentFormat.Json => Json(content.Json) ?? Named(content),
        _ => null,
    };

    private static TypeDecision Message(string? type, string reason, DocumentContent content) =>
        TypeDecision.Certain(type ?? DocumentType.Other, reason, content.Segments.FirstOrDefault()?.Place);

    private static TypeDecision? Named(DocumentContent content) =>
        NamedKind.Find(content) is var (type, place) ? TypeDecision.Certain(type, "what it calls itself", place) : null;

    private static TypeDecision? Xml(XElement root)
    {
        var type = XmlType(root);
        return type is null ? null : TypeDecision.Certain(type, $"root element {root.Name.LocalName}", root.Place());
    }

    private static string? XmlType(XElement root)
    {
        if (UblReader.IsUbl(root))
        {
            return UblReader.KindOf(root)?.Type ?? DocumentType.Other;
        }

        if (CiiReader.IsCii(root))
        {
            return CiiReader.TypeOf(root);
        }

        var space = root.Name.NamespaceName;
        if (space.Contains("iso:std:iso:20022", StringComparison.Ordinal)
            || (root.Name.LocalName == "Document" && Iso20022(root) is not null))
        {
            return Iso20022(root) ?? DocumentType.Other;
        }

        return space switch
        {
            "urn:hl7-org:v3" => DocumentType.ClinicalRecord,
            "http://hl7.org/fhir" => FhirTypes.TypeOf(root.Name.LocalName),
            _ => NamedRoot(root),
        };
    }

    // A vocabulary nobody told us: the root may be called what the document is.
    private static string? NamedRoot(XElement root)
    {
        var name = Words.Fold(KeyedLines.Step(root.Name.LocalName));
        return root.HasElements
            ? TitlePhrases.All.FirstOrDefault(group => NamedRoots.Contains(group.Type) && group.Phrases.Contains(name))?.Type
            : null;
    }

    private static string? Iso20022(XElement root) => root.Elements().FirstOrDefault()?.Name.LocalName switch
    {
        "BkToCstmrStmt" or "BkToCstmrAcctRpt" or "BkToCstmrDbtCdtNtfctn" => DocumentType.BankStatement,
        "CstmrCdtTrfInitn" or "CstmrDrctDbtInitn" or "FIToFICstmrCdtTrf" or "FIToFICstmrDrctDbt" or "CstmrPmtRvsl" =>
            DocumentType.PaymentFile,
        _ => null,
    };

    private static TypeDecision? Json(JsonNode? json)
    {
        if (UblJson.ToXml(json) is { } ubl)
        {
            return TypeDecision.Certain(UblReader.KindOf(ubl)?.Type ?? DocumentType.Other, $"UBL {ubl.Name.LocalName} as JSON");
        }

        if (json is not JsonObject document)
        {
            return null;
        }

        if (document["resourceType"] is JsonValue resource)
        {
            return TypeDecision.Certain(FhirTypes.TypeOf(resource.ToString()), $"FHIR resource {resource}", Place.Json("$.resourceType"));
        }

        return IsResume(document) ? TypeDecision.Certain(DocumentType.Resume, "sections of a résumé", Place.Json("$")) : null;
    }

    // JSON Resume and FRESH name their sections so.
    private static bool IsResume(JsonObject document)
    {
        var person = document.ContainsKey("basics")
            || (document.ContainsKey("name") && (document.ContainsKey("contact") || document.ContainsKey("info")));
        return person && ResumeSections.Count(document.ContainsKey) >= 2;
    }
}
