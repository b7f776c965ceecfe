using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>Reads a business document by its structure, whichever of the structured formats it has.</summary>
internal static class TradeStructure
{
    /// <summary>Null when the document has no structure known here and must be read as print.</summary>
    public static Extraction? Read(DocumentContent content, string type, CancellationToken cancellationToken) => content.Format switch
    {
        DocumentFormat.Edifact when TradacomsReader.IsTradacoms(content.Segments) => TradacomsReader.Read(content.Segments, type),
        DocumentFormat.Edifact => EdifactReader.Read(content.Segments, type),
        DocumentFormat.X12 => X12Reader.Read(content.Segments, type),
        DocumentFormat.Xml when content.Xml?.Root is { } root && CiiReader.IsCii(root) => CiiReader.Read(root),
        DocumentFormat.Xml when content.Xml?.Root is { } root && UblReader.KindOf(root) is { } kind => UblReader.Read(root, kind),
        DocumentFormat.Json when UblJson.ToXml(content.Json) is { } root
            && UblReader.KindOf(root) is { } kind => UblReader.Read(root, kind),
        DocumentFormat.Pdf when EmbeddedInvoice.Find(content, cancellationToken) is { } embedded =>
            Read(embedded.Content, type, cancellationToken),
        DocumentFormat.Json or DocumentFormat.Xml => NamedTrade.Read(content, type),
        _ => null,
    };
}
