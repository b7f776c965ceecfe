using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Orchestration.Domain.Expressions;

namespace Orchestration.Domain.Plans;

/// <summary>A part of a compiled template: a closed family.</summary>
internal abstract record TemplatePart
{
    /// <summary>True when what is written differs from the JSON of the template.</summary>
    internal abstract bool Changes { get; }

    /// <summary>Writes the value; returns why it cannot.</summary>
    internal abstract string? Write(Utf8JsonWriter writer, ExpressionScope scope, int maxBytes);

    internal static TemplatePart Read(JsonElement json, string path, List<TemplateExpression> found)
    {
        TemplatePart part = json.ValueKind switch
        {
            JsonValueKind.Object => new Fields([.. json.EnumerateObject().Select(property =>
                (property.Name, Read(property.Value, path + DocumentPath.Member(property.Name), found)))]),
            JsonValueKind.Array => new Items([.. json.EnumerateArray().Select((item, i) =>
                Read(item, path + DocumentPath.Index(i), found))]),
            JsonValueKind.String => TextParser.Read(json.GetString()!, path, found) ?? new Constant(json),
            _ => new Constant(json),
        };
        return part.Changes ? part : new Constant(json);
    }

    private static string? TooLarge(Utf8JsonWriter writer, int maxBytes) =>
        writer.BytesCommitted + writer.BytesPending > maxBytes ? $"the value is larger than {maxBytes} bytes" : null;

    internal sealed record Constant(JsonElement Json) : TemplatePart
    {
        internal override bool Changes => false;

        internal override string? Write(Utf8JsonWriter writer, ExpressionScope scope, int maxBytes)
        {
            Json.WriteTo(writer);
            return null;
        }
    }

    internal sealed record Value(TemplateExpression Expression) : TemplatePart
    {
        internal override bool Changes => true;

        internal override string? Write(Utf8JsonWriter writer, ExpressionScope scope, int maxBytes)
        {
            CelValue value = Run(Expression, scope);
            if (value is ErrorValue error)
            {
                return error.Message;
            }

            CelJson.Write(writer, value);
            return TooLarge(writer, maxBytes);
        }

        internal static CelValue Run(TemplateExpression expression, ExpressionScope scope)
        {
            CelValue value = expression.Parsed?.Run(scope) ?? new ErrorValue(expression.Error!.Message);
            string where = expression.Path.Length == 0 ? "" : $" at {expression.Path.TrimStart('.')}";
            return value is ErrorValue error ? new ErrorValue($"{error.Message}: {expression.Text.Trim()}{where}") : value;
        }
    }

    /// <summary>A string with expressions inside; literal pieces and expressions in order.</summary>
    internal sealed record Text(ImmutableArray<(string Literal, TemplateExpression? Expression)> Pieces) : TemplatePart
    {
        internal override bool Changes => true;

        internal override string? Write(Utf8JsonWriter writer, ExpressionScope scope, int maxBytes)
        {
            var text = new StringBuilder();
            foreach ((string literal, TemplateExpression? expression) in Pieces)
            {
                CelValue value = expression is null ? new StringValue(literal) : Value.Run(expression, scope);
                if (value is ErrorValue error)
                {
                    return error.Message;
                }

                text.Append(CelJson.ToText(value));
                if (text.Length > maxBytes)
                {
                    return $"the text is longer than {maxBytes} characters";
                }
            }

            writer.WriteStringValue(text.ToString());
            return TooLarge(writer, maxBytes);
        }
    }

    internal sealed record Fields(ImmutableArray<(string Name, TemplatePart Value)> Members) : TemplatePart
    {
        internal override bool Changes { get; } = Members.Any(member => member.Value.Changes);

        internal override string? Write(Utf8JsonWriter writer, ExpressionScope scope, int maxBytes)
        {
            writer.WriteStartObject();
            foreach ((string name, TemplatePart value) in Members)
            {
                writer.WritePropertyName(name);
                if (value.Write(writer, scope, maxBytes) is { } error)
                {
                    return error;
                }
            }

            writer.WriteEndObject();
            return null;
        }
    }

    internal sealed record Items(ImmutableArray<TemplatePart> Values) : TemplatePart
    {
        internal override bool Changes { get; } = Values.Any(value => value.Changes);

        internal override string? Write(Utf8JsonWriter writer, ExpressionScope scope, int maxBytes)
        {
            writer.WriteStartArray();
            foreach (TemplatePart value in Values)
            {
                if (value.Write(writer, scope, maxBytes) is { } error)
                {
                    return error;
                }
            }

            writer.WriteEndArray();
            return null;
        }
    }

    /// <summary>Finds <c>${{ … }}</c> in a string.</summary>
    private static class TextParser
    {
        private const string Open = "${{";

        /// <summary>Null when the string stands for itself.</summary>
        internal static TemplatePart? Read(string text, string path, List<TemplateExpression> found)
        {
            int at = text.IndexOf(Open, StringComparison.Ordinal);
            if (at < 0)
            {
                return null;
            }

            var pieces = ImmutableArray.CreateBuilder<(string, TemplateExpression?)>();
            int done = 0;
            while (at >= 0)
            {
                if (at > 0 && text[at - 1] == '$')
                {
                    pieces.Add((text[done..(at - 1)] + Open, null));
                    done = at + Open.Length;
                }
                else
                {
                    pieces.Add((text[done..at], null));
                    (TemplateExpression expression, done) = ReadExpression(text, at + Open.Length, path);
                    pieces.Add(("", expression));
                    found.Add(expression);
                }

                at = text.IndexOf(Open, done, StringComparison.Ordinal);
            }

            pieces.Add((text[done..], null));
            return Whole(pieces) is { } whole ? new Value(whole) : new Text(pieces.ToImmutable());
        }

        /// <summary>The expression when there is nothing but blanks around it.</summary>
        private static TemplateExpression? Whole(ImmutableArray<(string Literal, TemplateExpression? Expression)>.Builder pieces) =>
            pieces.Count == 3 && string.IsNullOrWhiteSpace(pieces[0].Literal) && string.IsNullOrWhiteSpace(pieces[2].Literal)
                ? pieces[1].Expression
                : null;

        private static (TemplateExpression Expression, int End) ReadExpression(string text, int start, string path)
        {
            (int end, ExpressionError? error) = Lexer.FindEnd(text, start);
            if (error is not null)
            {
                return (new TemplateExpression(path, start, text[start..], null, error), text.Length);
            }

            string body = text[start..end];
            Expression? parsed = Expressions.Expression.Parse(body, out error);
            return (new TemplateExpression(path, start, body, parsed, error), end + 2);
        }
    }
}
