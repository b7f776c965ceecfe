namespace Orchestration.Domain.Expressions;

/// <summary>
/// One evaluation: its names and what it has used up of its limits. Expressions come from users; every loop must end soon.
/// </summary>
internal sealed class Evaluation(Func<string, CelValue?> variables, bool qualifiedNames = false)
{
    /// <summary>Most nodes visited in one evaluation.</summary>
    internal const int MaxSteps = 1_000_000;

    /// <summary>Most characters, bytes and items touched by operations whose cost is not one step.</summary>
    internal const long MaxWork = 32 * 1024 * 1024;

    private readonly Dictionary<string, RegexPattern> _patterns = [];
    private int _steps;
    private long _work;

    internal ErrorValue? Exhausted { get; private set; }

    internal Local? Locals { get; set; }

    /// <summary>Null while there are steps left.</summary>
    internal ErrorValue? Step()
    {
        if (++_steps > MaxSteps)
        {
            Exhausted ??= new ErrorValue($"the expression takes more than {MaxSteps} steps");
        }

        return Exhausted;
    }

    /// <summary>Null while there is work left. Called before the work is done.</summary>
    internal ErrorValue? Charge(long work)
    {
        _work += work;
        if (_work > MaxWork)
        {
            Exhausted ??= new ErrorValue("the expression handles too much data");
        }

        return Exhausted;
    }

    /// <summary>A value that was just taken out of a map or list; a string was decoded for it.</summary>
    internal CelValue Found(CelValue value) => value is StringValue text ? Charge(text.Value.Length / 4) ?? value : value;

    internal CelValue? FindVariable(string name) => variables(name);

    internal CelValue? FindQualified(string name) => qualifiedNames ? variables(name) : null;

    internal CelValue? FindLocal(string name)
    {
        for (Local? local = Locals; local is not null; local = local.Outer)
        {
            if (local.Name == name)
            {
                return local.Value;
            }
        }

        return null;
    }

    /// <summary>Patterns are compiled once per evaluation, since they often stand inside a loop.</summary>
    internal RegexPattern Pattern(string pattern)
    {
        if (!_patterns.TryGetValue(pattern, out RegexPattern? compiled))
        {
            compiled = RegexPattern.Compile(pattern);
            _patterns[pattern] = compiled;
        }

        return compiled;
    }
}

/// <summary>A variable of a comprehension.</summary>
internal sealed record Local(string Name, CelValue Value, Local? Outer);
