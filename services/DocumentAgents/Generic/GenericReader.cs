using System.Text.Json.Nodes;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>The specialist for everything without a specialist of its own: the facts that stand out.</summary>
internal static class GenericReader
{
    public static Extraction Read(DocumentContent content, string type) => content switch
    {
        { Format: DocumentFormat.Email } => EmailFacts.Read(content),
        { Format: DocumentFormat.Ach } => AchFacts.Read(content.Segments),
        { Format: DocumentFormat.Hl7 } => Hl7Facts.Read(content.Segments),
        { Xml.Root: { Name.NamespaceName: "urn:hl7-org:v3" } root } => CdaFacts.Read(root),
        { Json: JsonObject resource } when resource["resourceType"] is not null => FhirFacts.Read(resource, type),
        { Xml.Root: { } root } when type == DocumentType.PaymentFile => PaymentOrderFacts.Read(root),
        _ => PlainFacts.Read(content, type),
    };
}
