using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core.Utils;

/// <summary>Checks of arguments and states; generated code uses them.</summary>
public static class GrpcPreconditions
{
    /// <summary>Demands a property of an argument.</summary>
    /// <param name="condition">What must hold.</param>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
        {
            throw new ArgumentException("An argument is out of its range.");
        }
    }

    /// <summary>Demands a property of an argument.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="errorMessage">The message of the exception.</param>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new ArgumentException(errorMessage);
        }
    }

    /// <summary>Returns a reference that must not be null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>([NotNull] T? reference) => CheckNotNull(reference, nameof(reference));

    /// <summary>Returns a reference that must not be null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <param name="paramName">The name of the argument, for the exception.</param>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>([NotNull] T? reference, string paramName) =>
        reference ?? throw new ArgumentNullException(paramName);

    /// <summary>Demands a state of an object.</summary>
    /// <param name="condition">What must hold.</param>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The object is not in a state that allows this.");
        }
    }

    /// <summary>Demands a state of an object.</summary>
    /// <param name="condition">What must hold.</param>
    /// <param name="errorMessage">The message of the exception.</param>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
        {
            throw new InvalidOperationException(errorMessage);
        }
    }
}
