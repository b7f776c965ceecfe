using System.Collections.Immutable;
using System.Globalization;
using DocumentAgents.Reading;

namespace DocumentAgents.Facts;

/// <summary>Collects what a specialist finds. Blank values are ignored, so a caller may add what a document perhaps has.</summary>
internal sealed class FieldList
{
    // A document with thousands of mistakes needs no more than the first ones named.
    private const int MaxFindings = 100;

    private readonly ImmutableArray<Field>.Builder fields = ImmutableArray.CreateBuilder<Field>();
    private readonly ImmutableArray<ReadFailure>.Builder failures = ImmutableArray.CreateBuilder<ReadFailure>();
    private readonly ImmutableArray<Anomaly>.Builder anomalies = ImmutableArray.CreateBuilder<Anomaly>();

    /// <summary>Given to every field added from now on.</summary>
    public string? Section { get; set; }

    public void Add(string name, string? value, Place place, double confidence, params IEnumerable<string> also)
    {
        var text = Words.Collapse(value);
        if (text.Length == 0)
        {
            return;
        }

        var others = also.Select(Words.Collapse).Where(other => other.Length > 0 && other != text).Distinct().ToImmutableArray();
        fields.Add(new(name, text, place, Math.Round(confidence, 3)) { Also = others, Section = Section });
    }

    public void Add(string name, decimal? value, Place place, double confidence)
    {
        if (value is { } amount)
        {
            Add(name, Amount.Text(amount), place, confidence);
        }
    }

    public void Add(string name, int value, Place place, double confidence) =>
        Add(name, value.ToString(CultureInfo.InvariantCulture), place, confidence);

    public void Add(Field field) => fields.Add(field with { Section = field.Section ?? Section });

    public bool Has(string name) => fields.Any(field => field.Name == name && field.Section == Section);

    public string? Value(string name) => fields.FirstOrDefault(field => field.Name == name && field.Section == Section)?.Value;

    public IEnumerable<string> Values(string name) =>
        fields.Where(field => field.Name == name && field.Section == Section).Select(field => field.Value);

    public bool HasValue(string name, string value) => Values(name).Contains(Words.Collapse(value));

    public decimal? Number(string name) => Value(name) is { } value ? Amount.Invariant(value) : null;

    /// <summary>Records a value that cannot be.</summary>
    public void Impossible(string message, Place place) => Fail(ReadFailureCodes.InvalidValue, message, place);

    public void Fail(string code, string message, Place? place = null)
    {
        if (failures.Count < MaxFindings)
        {
            failures.Add(new(code, message, place));
        }
    }

    public void Suspect(string code, string message, Place? place = null)
    {
        if (anomalies.Count < MaxFindings)
        {
            anomalies.Add(new(code, message, place));
        }
    }

    public Extraction ToExtraction(string type, IEnumerable<LineItem>? lines = null) => new(type, fields.ToImmutable())
    {
        Lines = lines?.ToImmutableArray() ?? [],
        Failures = failures.ToImmutable(),
        Anomalies = anomalies.ToImmutable(),
    };
}
