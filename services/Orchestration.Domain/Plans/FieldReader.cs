using System.Collections.Immutable;
using System.Globalization;

namespace Orchestration.Domain.Plans;

/// <summary>What reading a document gathers on its way.</summary>
internal sealed record ReadingContext(ProblemList Problems, SourceMap Sources);

/// <summary>A node with its path in the document and its part of the plan.</summary>
internal readonly record struct Place(DocumentNode Node, string Path, string Part);

/// <summary>
/// Reads the fields of one mapping by name and type. A missing field is null, a wrong one is reported and null;
/// <see cref="Finish"/> reports the fields nobody asked for.
/// </summary>
internal sealed class FieldReader
{
    private readonly MapNode _map;
    private readonly List<string> _known = [];

    internal FieldReader(ReadingContext context, MapNode map, Place place)
    {
        Context = context;
        Path = place.Path;
        Part = place.Part;
        _map = map;
    }

    internal ReadingContext Context { get; }

    internal string Path { get; }

    internal string Part { get; }

    internal Mark Start => _map.Start;

    /// <summary>Opens a mapping; anything else is reported.</summary>
    internal static FieldReader? Open(ReadingContext context, Place place)
    {
        if (place.Node is MapNode map)
        {
            return new FieldReader(context, map, place);
        }

        context.Problems.Add(ProblemCode.WrongType, place.Path, place.Node.Start, $"a mapping is expected here, found {place.Node.Kind}");
        return null;
    }

    internal bool Has(string name) => _map.Find(name) is not null and not ScalarNode { Type: ScalarKind.Null };

    /// <summary>A field as it stands; an explicit null is a missing field unless <paramref name="allowNull"/>.</summary>
    internal Place? Take(string name, string? part = null, bool allowNull = false)
    {
        _known.Add(name);
        DocumentNode? node = _map.Find(name);
        if (node is null || (node is ScalarNode { Type: ScalarKind.Null } && !allowNull))
        {
            return null;
        }

        var place = new Place(node, DocumentPath.Join(Path, name), DocumentPath.Join(Part, part ?? name));
        Context.Sources.Add(place.Part, place.Path, node);
        return place;
    }

    internal FieldReader? Map(string name, string? part = null) => Take(name, part) is { } place ? Open(Context, place) : null;

    /// <summary>A string; with <paramref name="orNumber"/> also an unquoted number, such as a version.</summary>
    internal string? Text(string name, string? part = null, bool orNumber = false)
    {
        if (Take(name, part) is not { } place)
        {
            return null;
        }

        return place.Node is ScalarNode scalar && (scalar.Type == ScalarKind.Text || (orNumber && scalar.Type == ScalarKind.Number))
            ? scalar.Text
            : Wrong<string>(place, "a string");
    }

    internal bool? Flag(string name) => Take(name) switch
    {
        null => null,
        { Node: ScalarNode { Type: ScalarKind.Flag } flag } => flag.Text == "true",
        { } place => WrongValue<bool>(place, "true or false"),
    };

    internal int? Integer(string name, int min, int max) => Take(name) switch
    {
        null => null,
        { Node: ScalarNode { Type: ScalarKind.Number } number }
            when int.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min
                && value <= max => value,
        { } place => WrongValue<int>(place, string.Create(CultureInfo.InvariantCulture, $"an integer from {min} to {max}")),
    };

    internal double? Number(string name, double min, double max) => Take(name) switch
    {
        null => null,
        { Node: ScalarNode { Type: ScalarKind.Number } number }
            when double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= min
                && value <= max => value,
        { } place => WrongValue<double>(place, string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}")),
    };

    internal TimeSpan? Duration(string name) => Take(name) is { } place ? Duration(place) : null;

    /// <summary>A duration above zero.</summary>
    internal TimeSpan? Timeout(string name)
    {
        TimeSpan? duration = Duration(name);
        if (duration == TimeSpan.Zero)
        {
            Report(ProblemCode.BadValue, name, "a timeout of zero leaves no time at all; leave the field out for no limit");
            return null;
        }

        return duration;
    }

    internal TimeSpan? Duration(Place place)
    {
        TimeSpan? duration = place.Node switch
        {
            ScalarNode { Type: ScalarKind.Number } number => DurationText.FromMilliseconds(number.Text),
            ScalarNode { Type: ScalarKind.Text } text => DurationText.Parse(text.Text),
            _ => null,
        };
        return duration ?? WrongValue<TimeSpan>(
            place, "a duration such as 500ms, 2s, 1m30s, PT5M or a number of milliseconds, at most ten years");
    }

    internal Template? Template(string name, string? part = null) => Take(name, part, allowNull: true) is { } place
        ? new Template(place.Node.ToJson())
        : null;

    /// <summary>Strings; one string stands for a list of one.</summary>
    internal ImmutableArray<Place> Texts(string name, string? part = null)
    {
        if (Take(name, part) is not { } place)
        {
            return [];
        }

        if (place.Node is ScalarNode { Type: ScalarKind.Text })
        {
            return [place];
        }

        if (place.Node is not ListNode list)
        {
            Wrong<string>(place, "a list of strings");
            return [];
        }

        ImmutableArray<Place>.Builder texts = ImmutableArray.CreateBuilder<Place>();
        foreach (Place item in Items(place, list))
        {
            if (item.Node is ScalarNode { Type: ScalarKind.Text })
            {
                texts.Add(item);
            }
            else
            {
                Wrong<string>(item, "a string");
            }
        }

        return texts.ToImmutable();
    }

    internal static IEnumerable<Place> Items(Place place, ListNode list)
    {
        for (int i = 0; i < list.Items.Length; i++)
        {
            yield return new Place(list.Items[i], place.Path + DocumentPath.Index(i), place.Part + DocumentPath.Index(i));
        }
    }

    /// <summary>The entries of this mapping, whose keys are names the author chose.</summary>
    internal IEnumerable<(string Name, Mark KeyStart, Place Value)> Entries()
    {
        foreach (MapEntry entry in _map.Entries)
        {
            yield return (entry.Key, entry.KeyStart, new Place(
                entry.Value, DocumentPath.Join(Path, entry.Key), DocumentPath.Join(Part, entry.Key)));
        }
    }

    internal void Report(string code, string name, string message) =>
        Context.Problems.Add(code, DocumentPath.Join(Path, name), _map.Find(name)?.Start ?? _map.Start, message);

    internal void Missing(string name, string message) =>
        Context.Problems.Add(ProblemCode.MissingField, DocumentPath.Join(Path, name), _map.Start, message);

    internal T? Wrong<T>(Place place, string wanted)
        where T : class
    {
        ReportWrong(place, wanted);
        return null;
    }

    /// <summary>Reports every field that was not asked for.</summary>
    internal void Finish()
    {
        foreach (MapEntry entry in _map.Entries)
        {
            if (!_known.Contains(entry.Key))
            {
                string message = $"unknown field '{entry.Key}'{Context.Problems.SuggestOrList(entry.Key, _known)}";
                Context.Problems.Add(ProblemCode.UnknownField, DocumentPath.Join(Path, entry.Key), entry.KeyStart, message);
            }
        }
    }

    private T? WrongValue<T>(Place place, string wanted)
        where T : struct
    {
        ReportWrong(place, wanted);
        return null;
    }

    private void ReportWrong(Place place, string wanted)
    {
        string found = place.Node is ScalarNode { Text.Length: > 0 and <= 40 } scalar ? $"'{scalar.Text}'" : place.Node.Kind;
        Context.Problems.Add(ProblemCode.WrongType, place.Path, place.Node.Start, $"{wanted} is expected here, found {found}");
    }
}
