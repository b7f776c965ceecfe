using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>
/// A JSON value whose strings may hold expressions, <c>${{ … }}</c>. A string that is one expression takes the type of
/// its value; expressions inside a longer string are inserted as text (null as nothing, structures as JSON). To write the
/// characters themselves, double the dollar sign: <c>$${{</c>.
/// </summary>
public sealed record Template
{
    private readonly TemplatePart _part;

    /// <summary>Makes a template.</summary>
    /// <param name="json">The value as written; it must own its memory (cloned from its document).</param>
    public Template(JsonElement json)
    {
        Json = json;
        var found = new List<TemplateExpression>();
        _part = TemplatePart.Read(json, "", found);
        Expressions = [.. found];
    }

    /// <summary>The template of an empty object.</summary>
    public static Template Empty { get; } = new(JsonElement.Parse("{}"u8));

    /// <summary>Most bytes of JSON a template may grow to.</summary>
    public const int MaxResultBytes = 16 * 1024 * 1024;

    /// <summary>The value as written.</summary>
    public JsonElement Json { get; }

    /// <summary>The expressions in it, also those that do not parse, in document order.</summary>
    public ImmutableArray<TemplateExpression> Expressions { get; }

    /// <summary>True when it is the same whatever the scope.</summary>
    public bool IsConstant => Expressions.IsEmpty;

    /// <summary>Size of the value as written, in bytes of UTF-8.</summary>
    public int Bytes => JsonMarshal.GetRawUtf8Value(Json).Length;

    /// <summary>The expression when the value is a string that is one expression and nothing else; otherwise null.</summary>
    public string? WholeExpression => (_part as TemplatePart.Value)?.Expression.Text.Trim();

    /// <summary>A template that is one expression, or without braces around it a literal string.</summary>
    public static Template Of(string text) => new(JsonSerializer.SerializeToElement(text, TemplateJson.Default.String));

    /// <summary>Puts the values of the expressions in place. Pure; the first expression without a value makes an error.</summary>
    public Evaluated Evaluate(ExpressionScope scope)
    {
        if (Expressions.IsEmpty && !_part.Changes)
        {
            return ValueDepth.Exceeded(JsonMarshal.GetRawUtf8Value(Json)) is { } deep ? Evaluated.Failed(deep) : new Evaluated(Json);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (Utf8JsonWriter writer = CelJson.NewWriter(buffer))
        {
            if (_part.Write(writer, scope, MaxResultBytes) is { } error)
            {
                return Evaluated.Failed(error);
            }
        }

        return ValueDepth.Exceeded(buffer.WrittenSpan) is { } tooDeep
            ? Evaluated.Failed(tooDeep)
            : new Evaluated(CelJson.Parse(buffer.WrittenSpan));
    }

    /// <summary>Equal when the JSON is equal.</summary>
    public bool Equals(Template? other) => other is not null && JsonElement.DeepEquals(Json, other.Json);

    /// <summary>Agrees with <see cref="Equals(Template)"/> only roughly: equal templates may differ in number formats and order.</summary>
    public override int GetHashCode() => (int)Json.ValueKind;
}

/// <summary>One expression of a template.</summary>
/// <param name="Path">Where in the value, for example <c>.customer.name</c> or <c>[0]</c>; empty for the value itself.</param>
/// <param name="Offset">Where the expression starts within its string, from 0.</param>
/// <param name="Text">The expression as written.</param>
/// <param name="Parsed">The expression; null when it does not parse.</param>
/// <param name="Error">Why it does not parse; null when it does.</param>
public sealed record TemplateExpression(string Path, int Offset, string Text, Expression? Parsed, ExpressionError? Error);
