using System.Xml.Linq;

namespace DocumentAgents.Facts;

/// <summary>Adds what XML elements say, and says so when a date or an amount is none.</summary>
internal static class XmlFields
{
    private const double Sure = 0.99;

    public static void AddText(this FieldList fields, string name, XElement? element, params IEnumerable<string> also)
    {
        if (element is not null)
        {
            fields.Add(name, element.Value, element.Place(), Sure, also);
        }
    }

    public static void AddDate(this FieldList fields, string name, XElement? element)
    {
        if (element.Text() is not { } text)
        {
            return;
        }

        if (IsoDate.FromXml(text) is { } date)
        {
            fields.Add(name, date, element!.Place(), Sure);
        }
        else
        {
            fields.Impossible($"'{text}' is no date.", element!.Place());
        }
    }

    public static void AddAmount(this FieldList fields, string name, XElement? element)
    {
        if (fields.ReadAmount(element) is { } amount)
        {
            fields.Add(name, amount, element!.Place(), Sure);
        }
    }

    /// <summary>The amount in an element; null when there is none, or when it is none, which is then recorded.</summary>
    public static decimal? ReadAmount(this FieldList fields, XElement? element)
    {
        if (element.Text() is not { } text)
        {
            return null;
        }

        var amount = Amount.Invariant(text);
        if (amount is null)
        {
            fields.Impossible($"'{text}' is no amount.", element!.Place());
        }

        return amount;
    }
}
