using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orchestration.Hosting.Options;

/// <summary>Options that are bound from configuration once and refused at the start when they make no sense.</summary>
public static class OptionsCheck
{
    /// <summary>Binds <paramref name="section"/> to <typeparamref name="T"/>, checked by its attributes when the service starts.</summary>
    public static OptionsBuilder<T> AddCheckedOptions<T>(this IServiceCollection services, string section) where T : class =>
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();

    internal static void ThrowIfInvalid(object options)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            throw new OptionsValidationException(options.GetType().Name, options.GetType(), problems.Select(p => p.ErrorMessage!));
        }
    }
}
