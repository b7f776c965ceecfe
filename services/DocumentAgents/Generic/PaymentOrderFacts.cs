using System.Xml.Linq;
using DocumentAgents.Facts;

namespace DocumentAgents.Generic;

/// <summary>Header of an ISO 20022 payment order (pain.001, pain.008, pacs).</summary>
internal static class PaymentOrderFacts
{
    public static Extraction Read(XElement root)
    {
        var fields = new FieldList();
        var header = root.Named("GrpHdr").FirstOrDefault();
        fields.AddText("message_id", header.Child("MsgId"));
        fields.AddDate("creation_date", header.Child("CreDtTm"));
        fields.AddText("entry_count", header.Child("NbOfTxs"));
        fields.AddAmount(FieldName.Total, header.Child("CtrlSum"));
        fields.AddText("origin_name", header.Child("InitgPty", "Nm"));
        var amounts = root.Named("InstdAmt").ToList();
        decimal? sum = 0;
        foreach (var amount in amounts)
        {
            sum += fields.ReadAmount(amount);
        }

        if (fields.Number(FieldName.Total) is { } stated && sum is { } counted && amounts.Count > 0 && counted != stated)
        {
            fields.Suspect("control_sum_differs", $"The payments are {counted} together, {stated} is stated.", header!.Place());
        }

        return fields.ToExtraction(DocumentType.PaymentFile);
    }
}
