using System.Globalization;

namespace Orchestration.Domain.Plans;

/// <summary>
/// Reads a retry policy. A number alone is the number of retries; <c>backoffMs</c> is the short form of a linear policy without jitter.
/// </summary>
internal static class RetryReader
{
    private const int MaxRetries = 100;

    internal static RetryPolicy? Read(FieldReader parent, string name, string part, RetryPolicy? inherited = null)
    {
        RetryPolicy basis = inherited ?? RetryPolicy.Default;
        if (parent.Take(name, part) is not { } place)
        {
            return null;
        }

        if (place.Node is ScalarNode { Type: ScalarKind.Number } number
            && int.TryParse(number.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= MaxRetries)
        {
            return basis with { MaxRetries = count };
        }

        if (place.Node is not MapNode || FieldReader.Open(parent.Context, place) is not { } fields)
        {
            return parent.Wrong<RetryPolicy>(
                place, $"a number of retries from 0 to {MaxRetries}, or a mapping with strategy, maxRetries, base, factor, cap and jitter,");
        }

        RetryPolicy policy = fields.Has("backoffMs") ? ReadLinear(fields, basis) : ReadFull(fields, basis);
        fields.Finish();
        return policy;
    }

    /// <summary><c>{maxRetries, backoffMs}</c>: waits once, twice, three times the back-off and so on, never cut.</summary>
    private static RetryPolicy ReadLinear(FieldReader fields, RetryPolicy basis)
    {
        int retries = fields.Integer("maxRetries", 0, MaxRetries) ?? basis.MaxRetries;
        TimeSpan backoff = TimeSpan.FromMilliseconds(fields.Integer("backoffMs", 0, 86_400_000) ?? 0);
        return new RetryPolicy(RetryStrategy.Linear, retries, backoff, 1, backoff * Math.Max(1, retries), Jitter: false);
    }

    private static RetryPolicy ReadFull(FieldReader fields, RetryPolicy basis)
    {
        TimeSpan baseDelay = fields.Duration("base") ?? basis.BaseDelay;
        TimeSpan cap = fields.Duration("cap") ?? (baseDelay > basis.MaxDelay ? baseDelay : basis.MaxDelay);
        if (cap < baseDelay && fields.Has("cap"))
        {
            fields.Report(ProblemCode.BadValue, "cap", "the cap is below the base delay");
        }

        return new RetryPolicy(
            ReadStrategy(fields) ?? basis.Strategy,
            fields.Integer("maxRetries", 0, MaxRetries) ?? basis.MaxRetries,
            baseDelay,
            fields.Number("factor", 1, 100) ?? basis.Factor,
            cap,
            fields.Flag("jitter") ?? basis.Jitter);
    }

    private static RetryStrategy? ReadStrategy(FieldReader fields)
    {
        if (fields.Text("strategy") is not { } text)
        {
            return null;
        }

        RetryStrategy? strategy = text switch
        {
            "exponential" => RetryStrategy.Exponential,
            "linear" => RetryStrategy.Linear,
            "constant" => RetryStrategy.Constant,
            "immediate" => RetryStrategy.Immediate,
            _ => null,
        };
        if (strategy is null)
        {
            string[] names = ["exponential", "linear", "constant", "immediate"];
            fields.Report(ProblemCode.BadValue, "strategy",
                $"'{text}' is not one of {string.Join(", ", names)}{fields.Context.Problems.Suggest(text, names)}");
        }

        return strategy;
    }
}
