using System.Collections.Immutable;
using DocumentAgents.Facts;
using DocumentAgents.Reading;

namespace DocumentAgents.Generic;

/// <summary>Message and patient of an HL7 v2 message.</summary>
internal static class Hl7Facts
{
    public static Extraction Read(ImmutableArray<Segment> segments)
    {
        var fields = new FieldList();
        if (segments.FirstOrDefault(segment => segment.Tag == "MSH") is { } header)
        {
            AddHeader(fields, header);
        }

        if (segments.FirstOrDefault(segment => segment.Tag == "PID") is { } patient)
        {
            AddPatient(fields, patient);
        }

        if (segments.Length > 0)
        {
            fields.Add("segment_count", segments.Length, segments[0].Place, 0.97);
        }

        return fields.ToExtraction(DocumentType.ClinicalRecord);
    }

    private static void AddHeader(FieldList fields, Segment header)
    {
        var trigger = header.Value(8, 1);
        fields.Add("message_type", trigger.Length > 0 ? $"{header.Value(8)}^{trigger}" : header.Value(8), header.Place, 0.99);
        fields.Add("control_id", header.Value(9), header.Place, 0.99);
        fields.Add("version", header.Value(11), header.Place, 0.99);
        fields.Add("sending_application", header.Value(2), header.Place, 0.99);
        AddDate(fields, "message_date", header, header.Value(6));
    }

    private static void AddPatient(FieldList fields, Segment patient)
    {
        var number = patient.Value(2) is { Length: > 0 } listed ? listed : patient.Value(1);
        fields.Add("patient_id", number, patient.Place, 0.97);
        fields.Add("patient_family", patient.Value(4), patient.Place, 0.98);
        fields.Add("patient_given", patient.Value(4, 1), patient.Place, 0.98);
        AddDate(fields, "birth_date", patient, patient.Value(6));
        fields.Add("sex", patient.Value(7), patient.Place, 0.98);
    }

    // A message is no worse for a date beside the matter.
    private static void AddDate(FieldList fields, string name, Segment segment, string text)
    {
        var day = text.Length > 8 ? text[..8] : text;
        if (IsoDate.FromDigits(day) is { } date)
        {
            fields.Add(name, date, segment.Place, 0.99);
        }
        else if (day.Length == 8)
        {
            fields.Suspect("date_unclear", $"'{text}' is no date: {name} is left out.", segment.Place);
        }
    }
}
