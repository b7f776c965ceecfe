using System.Text.Json.Serialization;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Execution;

/// <summary>A failure as plans see it: in <c>steps.id.error</c> and in the list of a repeated step.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Class">transient, permanent, system or business.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record ErrorView(
    [property: JsonPropertyName("code")] string Code,
    [property: JsonPropertyName("class")] string Class,
    [property: JsonPropertyName("message")] string Message)
{
    /// <summary>The view of a failure.</summary>
    public static ErrorView Of(Failure failure) => new(
        failure.Code,
        failure.Class switch
        {
            FailureClass.Transient => "transient",
            FailureClass.Permanent => "permanent",
            FailureClass.Business => "business",
            _ => "system",
        },
        failure.Message);
}

/// <summary>The element that stands for a failed item in the output of a repeated step.</summary>
/// <param name="Error">Why it failed.</param>
public sealed record ItemError([property: JsonPropertyName("error")] ErrorView Error);
