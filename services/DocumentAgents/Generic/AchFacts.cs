using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>The file header and control records of a NACHA file: fixed columns, amounts in cents.</summary>
internal static class AchFacts
{
    public static Extraction Read(ImmutableArray<Segment> records)
    {
        var fields = new FieldList();
        if (records.FirstOrDefault(record => record.Tag == "1") is { } header)
        {
            AddHeader(fields, header);
        }
        else
        {
            fields.Fail(ReadFailureCodes.Malformed, "The file header record is missing.");
        }

        // A file of nines fills the last block; the control record is the one that is not.
        if (records.LastOrDefault(record => record.Tag == "9" && record.Text.Trim('9', ' ').Length > 0) is { } control)
        {
            AddControl(fields, control, records);
        }

        return fields.ToExtraction(DocumentType.PaymentFile);
    }

    private static void AddHeader(FieldList fields, Segment header)
    {
        fields.Add("immediate_destination", Column(header, 3, 10), header.Place, 0.99);
        fields.Add("immediate_origin", Column(header, 13, 10), header.Place, 0.99);
        var created = Column(header, 23, 6);
        if (IsoDate.FromSixDigits(created) is { } date)
        {
            fields.Add("creation_date", date, header.Place, 0.99);
        }
        else
        {
            fields.Impossible($"'{created}' is no date.", header.Place);
        }

        fields.Add("destination_name", Column(header, 40, 23), header.Place, 0.99);
        fields.Add("origin_name", Column(header, 63, 23), header.Place, 0.99);
    }

    private static void AddControl(FieldList fields, Segment control, ImmutableArray<Segment> records)
    {
        AddCount(fields, "batch_count", control, 1, 6);
        AddCount(fields, "entry_addenda_count", control, 13, 8);
        AddCents(fields, "total_debit", control, 31);
        AddCents(fields, "total_credit", control, 43);
        var batches = records.Count(record => record.Tag == "5");
        if (fields.Number("batch_count") is { } stated && stated != batches)
        {
            fields.Suspect("batch_count_differs", $"{batches} batches, {stated} stated in the control record.", control.Place);
        }
    }

    private static void AddCount(FieldList fields, string name, Segment record, int start, int length)
    {
        if (Amount.Invariant(Column(record, start, length)) is { } count)
        {
            fields.Add(name, (int)count, record.Place, 0.99);
        }
        else
        {
            fields.Impossible($"'{Column(record, start, length)}' is no number.", record.Place);
        }
    }

    private static void AddCents(FieldList fields, string name, Segment record, int start)
    {
        if (Amount.Invariant(Column(record, start, 12)) is { } cents)
        {
            fields.Add(name, decimal.Round(cents / 100, 2) + 0.00m, record.Place, 0.99);
        }
        else
        {
            fields.Impossible($"'{Column(record, start, 12)}' is no amount.", record.Place);
        }
    }

    private static string Column(Segment record, int start, int length) =>
        record.Text.Length <= start ? "" : record.Text[start..Math.Min(record.Text.Length, start + length)].Trim();
}
