using DocumentAgents.Facts;
using DocumentAgents.Layout;
using DocumentAgents.Reading;

namespace DocumentAgents.Receipt;

/// <summary>The receipt specialist: who was paid, when, how much, where.</summary>
internal static class ReceiptReader
{
    public static Extraction Read(DocumentContent content) => NamedReceipt.Read(content) ?? Printed(content);

    private static Extraction Printed(DocumentContent content)
    {
        var page = Page.Of(DocumentText.Lines(content));
        var fields = new FieldList();
        var company = CompanyRule.Find(page);
        if (company is not null)
        {
            fields.Add(FieldName.Company, company.Name, company.Row.Place, company.Confidence);
            AddressRule.Add(fields, page, company.Row);
        }

        DateRule.Add(fields, page);
        TotalRule.Add(fields, page);
        NumberRule.Add(fields, page);
        if (Currencies.Dominant(page.Text) is { } currency)
        {
            fields.Add(FieldName.Currency, currency.Code, page.RowAt(currency.Start).Place, 0.85);
        }

        return fields.ToExtraction(DocumentType.Receipt);
    }
}
