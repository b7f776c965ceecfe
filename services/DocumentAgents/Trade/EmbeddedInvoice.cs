using DocumentAgents.Reading;

namespace DocumentAgents.Trade;

/// <summary>The XML invoice inside a hybrid document such as Factur-X: it says the same as the page, only surely.</summary>
internal sealed record EmbeddedInvoice(string Name, DocumentContent Content)
{
    public static EmbeddedInvoice? Find(DocumentContent content, CancellationToken cancellationToken)
    {
        if (content.Format != DocumentFormat.Pdf)
        {
            return null;
        }

        foreach (var attachment in content.Attachments.Where(file => file.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)))
        {
            if (DocumentReader.Read(attachment.Name, attachment.Bytes, ReadLimits.Default, cancellationToken) is ReadResult.Succeeded
                { Content: { Xml.Root: { } root } inner }
                && (CiiReader.IsCii(root) || UblReader.IsUbl(root)))
            {
                return new(attachment.Name, inner);
            }
        }

        return null;
    }
}
